// Login, losing the connection and coming back, as tables of lines.

import SangdamConsole
import SangdamCore
import Testing

@Suite struct LinkDialogueTests {
    @Test func wrongPasswordAndLockedEndWithPermission() {
        play(
            """
            start
            connect
            connected
            …
            > {"type":"error","code":"wrong_password","message":"Name or password is wrong."}
            ! *  Cannot log in: Name or password is wrong.
            close
            quit 77
            """)
        play(
            """
            start
            connect
            connected
            …
            > {"type":"error","code":"locked","message":"Locked.","retry_after":3600}
            ! *  The login is locked. Try again in 1 h 0 min.
            close
            quit 77
            """)
    }

    @Test func theFirstTryThatFailsIsTheLast() {
        play(
            """
            start
            connect
            unreachable
            ! *  Cannot connect to h:1 (refused).
            close
            quit 69
            """)
        play(
            """
            start
            connect
            untrusted
            ! *  The certificate of h:1 is not trusted (self-signed certificate). ca.pem does not hold the CA that issued it.
            close
            quit 69
            """)
        play(
            """
            start
            connect
            connected
            …
            lost
            ! *  The server closed the connection before the login (reset).
            close
            quit 69
            """)
        play(
            """
            start
            connect
            connected
            …
            @ 15
            @ 1
            close
            ! *  The server did not answer the login within 15 s.
            close
            quit 69
            """)
        play(
            """
            start
            connect
            connected
            …
            > HTTP/1.1 400 Bad Request
            ! *  The other side is no chat server: check the address given with --connect.
            close
            quit 69
            """)
        play(
            """
            start
            connect
            connected
            …
            > {"type":"error","code":"draining","message":"The server stops."}
            ! *  The server stops.
            close
            quit 69
            """)
    }

    @Test func comesBackWithItsChatsAndNothingTwice() {
        play(
            """
            login
            > {"type":"started","chat":"$c1","customer":"Ann","topic":"refund"}
            …
            > {"type":"started","chat":"$c2","customer":"Bob","topic":"refund"}
            …
            > {"type":"message","chat":"$c1","seq":3,"from":"customer","name":"Ann","text":"one"}
            = [1] Ann> one
            > {"type":"offer","offer":"$o3","chat":"$c3","queue":"q","topic":"t","lang":"en","waited":0,"intake":{}}
            …
            : saved
            < {"type":"say","chat":"$c1","id":"me-1","text":"saved"}
            : stored, ack lost
            < {"type":"say","chat":"$c1","id":"me-2","text":"stored, ack lost"}
            : lost on the way
            < {"type":"say","chat":"$c1","id":"me-3","text":"lost on the way"}
            > {"type":"ack","chat":"$c1","id":"me-1","seq":4}
            = [1] me> saved
            : /end
            < {"type":"end","chat":"$c1"}
            lost
            ! *  Connection lost (reset). Next try in 1 s.
            ! [1] /end: the connection was lost before the answer. Check once it is back.
            = [3] The offer was taken back.
            : typed meanwhile
            @ 1
            connect
            connected
            < {"type":"hello","role":"agent","user":"kim","password":"secret","lang":"en"}
            \(Dialogue.welcome)
            = *  Connected again.
            < {"type":"topics"}
            < {"type":"status","status":"available"}
            < {"type":"say","chat":"$c1","id":"me-2","text":"stored, ack lost"}
            < {"type":"say","chat":"$c1","id":"me-3","text":"lost on the way"}
            > {"type":"started","chat":"$c1","customer":"Ann","topic":"refund"}
            = [1] ▶ the chat with Ann goes on
            > {"type":"message","chat":"$c1","seq":3,"from":"customer","name":"Ann","text":"one"}
            > {"type":"message","chat":"$c1","seq":4,"from":"agent","name":"kim","id":"me-1","text":"saved"}
            > {"type":"message","chat":"$c1","seq":5,"from":"agent","name":"kim","id":"me-2","text":"stored, ack lost"}
            = [1] me> stored, ack lost
            > {"type":"message","chat":"$c1","seq":6,"from":"customer","name":"Ann","text":"two"}
            = [1] Ann> two
            > {"type":"ack","chat":"$c1","id":"me-2","seq":5}
            > {"type":"ack","chat":"$c1","id":"me-3","seq":7}
            = [1] me> lost on the way
            \(Dialogue.topics)
            = [2] This chat is no longer yours.
            < {"type":"say","chat":"$c1","id":"me-4","text":"typed meanwhile"}
            """)
    }

    @Test func wordsForAChatThatWentOnAreShownBack() {
        play(
            """
            login
            > {"type":"started","chat":"$c1","customer":"Ann","topic":"refund"}
            …
            : important
            < {"type":"say","chat":"$c1","id":"me-1","text":"important"}
            lost
            …
            @ 1
            connect
            connected
            …
            \(Dialogue.welcome)
            …
            > {"type":"error","code":"unknown_chat","message":"Not yours.","id":"me-1"}
            ! [1] Not delivered (Not yours.): “important”
            = [1] This chat is no longer yours.
            """, isInteractive: true)
    }

    @Test func wishesAreRestored() {
        let welcome = Dialogue.welcome
        play(
            """
            login
            : /break
            < {"type":"status","status":"break"}
            > {"type":"status","name":"kim","status":"break","cause":"asked"}
            …
            : /auto on
            < {"type":"status","auto_accept":true}
            lost
            …
            @ 1
            connect
            connected
            …
            \(welcome)
            = *  Connected again.
            < {"type":"topics"}
            < {"type":"status","auto_accept":true}
            > {"type":"status","name":"kim","status":"break","after_chats":null,"cause":"asked"}
            …
            \(Dialogue.topics)
            : /break after
            < {"type":"status","status":"break","after_chats":true}
            > {"type":"status","name":"kim","status":"available","after_chats":"break","cause":"asked"}
            = *  status: available · changes after the open chats
            lost
            …
            @ 1
            connect
            connected
            …
            > {"type":"welcome","agent":{"name":"kim","status":"available","after_chats":"break","auto_accept":true}}
            = *  Connected again.
            < {"type":"topics"}
            = *  status: available · changes after the open chats · accepting by itself
            """)
    }

    @Test func aBreakForUnansweredOffersIsNotUndone() {
        play(
            """
            login
            > {"type":"status","name":"kim","status":"break","cause":"unanswered"}
            …
            lost
            …
            @ 1
            connect
            connected
            …
            \(Dialogue.welcome)
            = *  Connected again.
            < {"type":"topics"}
            = *  status: on break · capacity 3
            """)
    }

    @Test func goodbyesAreFollowed() {
        play(
            """
            login
            > {"type":"bye","code":"shutting_down","message":"Restarting.","reconnect":true}
            ! *  Server: Restarting.
            close
            ! *  Connection lost. Next try in 1 s.
            lost
            @ 1
            connect
            """)
        play(
            """
            login
            > {"type":"bye","code":"replaced","message":"Logged in elsewhere.","reconnect":false}
            ! *  Server: Logged in elsewhere.
            close
            quit 69
            """)
    }

    @Test func backOffDoublesToHalfAMinute() {
        var dialogue = Dialogue()
        dialogue.logIn()
        _ = dialogue.run("lost")
        var delays: [Int] = []
        for _ in 0..<10 {
            var steps = 0
            while true {
                steps += 1
                if dialogue.run("@ 0.5").contains("connect") { break }
                guard steps < 100 else { break }
            }
            delays.append(steps)
            _ = dialogue.run("unreachable")
        }
        // In half seconds, each with jitter down to one half.
        for (delay, longest) in zip(delays, [1, 2, 4, 8, 16, 32, 60, 60, 60, 60]) {
            #expect((longest / 2...longest + 1).contains(delay), "\(delays)")
        }
        _ = dialogue.run("@ 31")
        dialogue.logIn()
    }

    @Test func silenceIsAskedAboutAndThenBelieved() {
        play(
            """
            login
            @ 29
            @ 1
            < {"type":"ping","n":1}
            @ 10
            > {"type":"pong","n":1}
            @ 30
            < {"type":"ping","n":2}
            @ 15
            @ 1
            close
            ! *  Connection lost. Next try in 1 s.
            connect
            """)
    }

    @Test func sleepIsNotTheServersSilence() {
        var dialogue = Dialogue()
        dialogue.logIn()
        dialogue.play(
            """
            @ 30
            < {"type":"ping","n":1}
            """)
        dialogue.pass(milliseconds: 3_600_000)
        dialogue.play(
            """
            @ 0.5
            @ 14
            > {"type":"pong","n":1}
            """)
    }

    @Test func lateWordsAreNamed() {
        play(
            """
            login
            > {"type":"started","chat":"$c1","customer":"Ann","topic":"refund"}
            …
            : hello
            < {"type":"say","chat":"$c1","id":"me-1","text":"hello"}
            @ 4
            @ 1
            ! [1] Not yet saved: “hello”
            @ 10
            > {"type":"ack","chat":"$c1","id":"me-1","seq":2}
            = [1] Saved: “hello”
            """, isInteractive: true)
    }

    @Test func wordsRefusedForNowAreSentLaterInOrder() {
        play(
            """
            login
            > {"type":"started","chat":"$c1","customer":"Ann","topic":"refund"}
            …
            : one
            < {"type":"say","chat":"$c1","id":"me-1","text":"one"}
            > {"type":"error","code":"rate_limited","message":"Slowly.","id":"me-1","retry_after":1.2}
            : two
            @ 1
            @ 0.5
            < {"type":"say","chat":"$c1","id":"me-1","text":"one"}
            < {"type":"say","chat":"$c1","id":"me-2","text":"two"}
            > {"type":"error","code":"storage_full","message":"Disk full.","id":"me-1"}
            ! [1] Disk full.
            > {"type":"error","code":"too_long","message":"Too long.","id":"me-2"}
            ! [1] Not delivered (Too long.): “two”
            """)
    }

    @Test func endOfInputWaitsForEveryAnswer() {
        play(
            """
            login
            > {"type":"started","chat":"$c1","customer":"Ann","topic":"refund"}
            …
            : bye
            < {"type":"say","chat":"$c1","id":"me-1","text":"bye"}
            : /end
            < {"type":"end","chat":"$c1"}
            eof
            > {"type":"ack","chat":"$c1","id":"me-1","seq":2}
            = [1] me> bye
            > {"type":"ended","chat":"$c1","reason":"agent_ended","receipt":null}
            = [1] ■ ended: by the agent
            = [1]    /wrapup [disposition] [resolved|unresolved] [#tag…] finishes it.
            close
            quit 0
            """)
        var dialogue = Dialogue()
        dialogue.play(
            """
            start
            connect
            eof
            connected
            …
            \(Dialogue.welcome)
            …
            \(Dialogue.topics)
            > {"type":"status","name":"kim","status":"available","cause":"asked"}
            = *  status: available
            close
            quit 0
            """)
    }

    @Test func wordsThatNobodySavedAreNamedAtTheEnd() {
        play(
            """
            login
            > {"type":"started","chat":"$c1","customer":"Ann","topic":"refund"}
            …
            : bye
            < {"type":"say","chat":"$c1","id":"me-1","text":"bye"}
            eof
            @ 5
            ! [1] Not yet saved: “bye”
            @ 4
            @ 1
            ! [1] Leaving without having saved: “bye”
            close
            quit 69
            """)
    }

    @Test func quitWarnsOnceWhenChatsAreOpen() {
        play(
            """
            login
            > {"type":"started","chat":"$c1","customer":"Ann","topic":"refund"}
            …
            : /quit
            ! *  1 chat(s) open. /quit once more to leave.
            : /chats
            …
            : /quit
            ! *  1 chat(s) open. /quit once more to leave.
            : /끝
            close
            quit 0
            : words after the end
            """)
        play(
            """
            login
            : /quit
            close
            quit 0
            """)
    }

    @Test func scriptsWaitForWhatTheyName() {
        play(
            """
            login
            : /wait offer 5
            : /accept
            > {"type":"offer","offer":"$o1","chat":"$c1","queue":"q","topic":"t","lang":"en","waited":0,"intake":{}}
            = [1] ── offer: t · waited 0 s · en · /accept (bell)
            < {"type":"accept","offer":"$o1"}
            : hello
            : /wait message
            : answer
            : /wait end 1
            : /chats
            > {"type":"started","chat":"$c1","customer":"Ann","topic":"t"}
            = [1] ▶ started with Ann · t
            < {"type":"say","chat":"$c1","id":"me-1","text":"hello"}
            > {"type":"message","chat":"$c1","seq":3,"from":"customer","name":"Ann","text":"hi"}
            = [1] Ann> hi
            < {"type":"say","chat":"$c1","id":"me-2","text":"answer"}
            @ 1
            ! *  /wait: it did not happen in time.
            = ▶[1] Ann · t ·  · open
            = Not yet saved: 2
            : /wait nonsense
            ! *  Usage: /wait offer|chat|message|end [1–3600 seconds]
            """)
    }
}

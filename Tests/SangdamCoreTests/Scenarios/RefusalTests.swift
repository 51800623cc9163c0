// Every refusal that the desk itself gives, with its code, its subject and the id of what was refused.

import SangdamCore
import Testing

@Suite struct RefusalTests {
    /// kim and c1 talk; c2 is there without a chat; lee is on break; nobody serves `tech`.
    @Test(arguments: [
        ("c2 says #m1 Hello", "c2 ← error no_chat #m1"),
        ("c2 types on", "c2 ← error no_chat"),
        ("c2 saw 3", "c2 ← error no_chat"),
        ("c2 leaves", "c2 ← error no_chat"),
        ("c2 tells what=card", "c2 ← error no_chat"),
        ("c2 asks position", "c2 ← error no_chat"),
        ("c2 asks transcript", "c2 ← error no_chat"),
        ("c2 rates 5", "c2 ← error nothing_to_rate"),
        ("c2 enters x", "c2 ← error unknown_topic topic"),
        ("c2 arrives", "c2 ← error already_welcome"),
        ("c2 presents c9", "c2 ← error unknown_token"),
        ("c1 enters pay", "c1 ← error already_in_chat"),
        ("c1 tells nothing=", "c1 ← error bad_field intake"),
        ("c1 rates 5", "c1 ← error nothing_to_rate"),
        ("c1 is available", "c1 ← error not_allowed status"),
        ("c1 ends c1", "c1 ← error not_allowed end"),
        ("c1 notes c1 x", "c1 ← error not_allowed note"),
        ("c3 enters pay", "c3 ← error hello_first"),
        ("kim enters pay", "kim ← error not_allowed enter"),
        ("kim asks transcript", "kim ← error not_allowed transcript"),
        ("kim leaves", "kim ← error not_allowed leave"),
        ("kim says nobody #a1 Hello", "kim ← error bad_field #a1 chat"),
        ("kim types nobody on", "kim ← error unknown_chat"),
        ("kim saw nobody 1", "kim ← error unknown_chat"),
        ("c1 says @c9 #m1 Hello", "c1 ← error chat_not_active #m1"),
        ("kim says c9 #a1 Hello", "kim ← error unknown_chat #a1"),
        ("lee says c1 #a1 Hello", "lee ← error unknown_chat #a1"),
        ("lee notes c1 #n1 Hello", "lee ← error unknown_chat #n1"),
        ("lee types c1 on", "lee ← error unknown_chat"),
        ("lee saw c1 3", "lee ← error unknown_chat"),
        ("lee ends c1", "lee ← error unknown_chat"),
        ("lee wraps c1", "lee ← error unknown_chat"),
        ("kim wraps c1", "kim ← error chat_not_active"),
        ("kim is capacity=0", "kim ← error bad_field capacity"),
        ("kim is capacity=101", "kim ← error bad_field capacity"),
        ("kim is offline", "kim ← error chats_open"),
        ("kim accepts c1", "kim ← error unknown_offer"),
        ("kim declines c1", "kim ← error unknown_offer"),
        ("kim transfers c1 to queue x", "kim ← error unknown_queue"),
        ("kim transfers c1 to agent x", "kim ← error unknown_agent"),
        ("kim transfers c1 to agent lee", "kim ← error agent_unavailable"),
        ("kim says c1 #a1 123456789", "kim ← error too_long #a1 text"),
        ("kim notes c1 #a1 123456789", "kim ← error too_long #a1 text"),
        ("c1 says #m1 123456789", "c1 ← error too_long #m1 text"),
    ])
    func refused(_ step: String, _ answer: String) throws {
        var day = DeskScenario(agents: [AgentProfile("kim"), AgentProfile("lee")]) { $0.textBytes = 8 }
        try day.play(
            """
            0  kim signs in          | kim ← welcome break
            0  lee signs in          | lee ← welcome break
            0  kim is available auto | kim ← status available
            0  c1 arrives            | c1 ← welcome ko
            0  c2 arrives            | c2 ← welcome ko
            1  c1 enters pay         | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            """)
        let lines = day.journal.count
        try day.play("2 \(step) | \(answer)")
        #expect(day.journal.count == lines, "a refusal writes nothing")
        let code = answer.split(separator: " ")[3]
        #expect(day.counted("refused") == ["refused \(code)"])
    }

    @Test func afterTheEnd() throws {
        var day = DeskScenario(agents: [AgentProfile("kim"), AgentProfile("lee")])
        try day.play(
            """
            0  kim signs in          | kim ← welcome break
            0  kim is available auto | kim ← status available
            0  c1 arrives            | c1 ← welcome ko
            1  c1 enters pay         | c1 ← queued pay 1 ~0-30 · c1 ← started kim · kim ← started c1
            2  c1 leaves             | kim ← ended c1 customer_left · c1 ← ended c1 customer_left
            3  c1 says #m1 Hello     | c1 ← error chat_not_active #m1
            3  c1 leaves             | c1 ← error no_chat
            3  kim says c1 #a1 Hello | kim ← error chat_not_active #a1
            3  kim ends c1           | kim ← error chat_not_active
            3  kim transfers c1 to queue pay | kim ← error chat_not_active
            3  kim types c1 on       |
            4  c1 asks transcript    | c1 ← transcript begins · c1 ← transcript ends
            5  kim wraps c1          | kim ← ok wrapup c1
            6  kim wraps c1          | kim ← error unknown_chat
            """)
    }
}

// English.
//
// What stands in braces is filled in: it stays as it is. A key that ends with `One` is for the number one; where the
// language makes no difference, both say the same.

internal import SangdamCore

extension Phrases {
    static let english = Phrases(
        language: .english,
        // Said by hand and on the page, before a chat
        duty: Duty(
            someoneOnDuty: "You can talk to an agent now.",
            nobodyOnDuty:
                "No agent is on duty right now. Join the line and you will be connected, in turn, as soon as one arrives.",
            closedButMayWait:
                "We are closed right now. You may still join the line: agents take everybody in turn once they are here.",
            contactOpen: "Open now",
            contactClosed: "Closed now"),
        // Frequent questions
        questions: Questions(
            faqTitle: "Find an answer without waiting",
            faqExample: "Such as: when will my refund arrive",
            faqCount: "Answers found: {n}",
            faqNone: "No question like that was found. Try other words, or ask an agent.",
            faqSuggested: "Is it perhaps one of these?",
            faqSolved: "That helped",
            faqAsk: "I would like to chat",
            faqHelped: "We are glad that it helped."),
        // Said by hand and on the page, from the queue on
        both: Both(
            next: "You are next",
            aheadOne: "There is {n} person ahead of you",
            ahead: "There are {n} people ahead of you",
            waitUnknown: "We cannot tell yet how long it will take.",
            waitMinute: "It should take less than a minute.",
            waitMinutesOne: "It should take about {n} minute.",
            waitMinutes: "It should take about {n} minutes.",
            waitHoursOne: "It should take about {n} hour.",
            waitHours: "It should take about {n} hours.",
            waitNobody: "No agent is on duty right now; you will be connected as soon as one arrives.",
            intakeWhat: "What happened? Please include any error message.",
            intakeWhen: "When did it happen?",
            intakeAccount: "Which account (user name) is it about? Never type a password.",
            intakePayment: "Which payment is it? Date, amount and shop, please. Never type a card number.",
            intakeDevice: "Which device or app were you using?",
            intakeGoal: "What would you like us to do?",
            handedOver: "Agent {name} will help you from here.",
            looking:
                "We are finding another agent for you. They will see everything said so far, so there is no need to repeat it.",
            agentName: "Agent {name}",
            agentNoName: "Agent",
            me: "Me",
            agentAway: "Your agent lost the connection for a moment. We are waiting for them to return.",
            agentBack: "Your agent is back.",
            agentLeft: "Your agent has left the chat.",
            customerLeft: "The chat has ended. Thank you for contacting us.",
            customerLost: "The chat has ended because the connection was lost for too long.",
            agentEnded: "Your agent has ended the chat. Thank you for contacting us.",
            idle: "The chat has ended because nothing was said for a long time.",
            inquired: "Your question was taken instead of the chat you were waiting for.",
            rated: "Thank you for your rating."),
        // Also the `message` of `error`, which the page shows
        refusals: { code in
            switch code {
            case .badJSON: "This is not valid JSON."
            case .badUTF8: "This is not valid UTF-8, so it was not sent. Please set your terminal to UTF-8."
            case .badField: "The value of '{field}' is missing or wrong."
            case .tooLong: "This is too long and was not sent. Please split it."
            case .empty: "This has no visible characters, so it was not sent."
            case .unknownType: "There is no such type of message."
            case .unknownVerb: "There is no such command. Type /help to see them all."
            case .helloFirst: "Please say hello first."
            case .alreadyWelcome: "You have said hello already."
            case .notAllowed: "You may not do this."
            case .wrongPassword: "The name or the password is wrong."
            case .locked: "Locked after too many attempts. {retry}"
            case .unknownToken: "This code is wrong, or that chat is over."
            case .intakeRequired: "Some questions must be answered first."
            case .unknownTopic: "There is no such topic."
            case .unknownQueue: "There is no such queue."
            case .unknownAgent: "There is no such agent."
            case .unknownChat: "There is no such chat."
            case .unknownOffer: "This offer is over."
            case .alreadyInChat: "You are in a chat or waiting for one already."
            case .noChat: "You are not in a chat."
            case .chatNotActive: "This is possible only while the chat is going on."
            case .chatsOpen: "Please finish your open chats first."
            case .agentUnavailable: "That agent cannot take a chat right now."
            case .unsupported: "This is not supported."
            case .nothingToRate: "There is no chat to rate."
            case .consentRequired: "Please agree to the privacy notice first."
            case .unknownInquiry: "There is no inquiry with that receipt."
            case .inquiryTaken: "A colleague has that inquiry."
            case .inquiryNotTaken: "Take the inquiry first."
            case .inquiryClosed: "That inquiry is closed."
            case .capacityFull: "You hold as many inquiries as you may."
            case .rateLimited: "That was too fast. {retry}"
            case .queueFull: "Too many people are waiting right now. Please try again later."
            case .closed: "We are closed right now."
            case .unstaffed: "No agent is on duty right now, so we cannot take your chat."
            case .storageFull: "We cannot store messages right now. Please try again in a moment."
            case .draining: "No new chats during maintenance. Please come back in a moment."
            case .busy: "We are too busy right now. Please try again in a moment."
            }
        },
        // Also the `message` of `bye`
        farewells: { farewell in
            switch farewell {
            case .shuttingDown: "The server is stopping for a moment. Reconnect soon to continue your chat."
            case .tooSlow: "Your connection reads too slowly and is closed. Reconnect to continue your chat."
            case .idle: "Nothing was said for a long time, so the connection is closed."
            case .left: "Thank you, and goodbye."
            case .accountChanged:
                "Your account was changed, so you are logged out. Your open chats are back in their queues. Please log in again."
            case .replaced: "You connected from another place, so this connection is closed."
            case .helloTimeout: "No hello came in time, so the connection is closed."
            case .otherProtocol: "This is a consultation chat."
            case .historyUnavailable: "The earlier words cannot be read just now. Please connect again."
            }
        },
        // By hand, some of it also in messages to programs
        byHand: ByHand(
            greeting: "Hello, this is {desk}. How can we help?",
            otherLanguages: "한국어는 /언어 ko · 日本語は /lang ja · 中文请输入 /lang zh",
            menuOpen: "  {number}. {label} (available now)",
            menuOpenWaiting: "  {number}. {label} ({waiting} waiting)",
            menuNobody: "  {number}. {label} (no agent on duty)",
            menuNobodyWaiting: "  {number}. {label} (no agent on duty, {waiting} waiting)",
            menuPrompt: "Please type a number. For help, type /help.",
            privacy: "Privacy notice: {text}",
            consentPrompt: "Type 1 if you agree, 2 if you do not.",
            consentDeclined: "You did not agree, so no chat was started. For other ways to reach us, type /contact.",
            faqHint: "To find an answer without waiting: /faq YOUR QUESTION",
            faqUsage: "Please add what you would like to know, such as: /faq when will my refund arrive",
            faqFound: "These questions may fit.",
            faqLine: "  {number}. {question}",
            faqPrompt: "Type a number to read its answer, or /menu to start a chat.",
            faqPromptWaiting: "Type a number to read its answer.",
            faqPromptByVerb: "To read an answer, type /faq and its number, such as: /faq 1",
            faqDidItHelp: "Did it help? Type /solved if it did and /unsolved if it didn't.",
            faqNothingRead: "You have not read an answer yet. Find one with /faq.",
            faqNotHelped:
                "Thank you for telling us. To start a chat, choose a topic; if you are waiting already, just wait on.",
            chooseOnly: "Type 1 to start a chat, or /help.",
            chooseNumber: "Please choose a number from 1 to {last}, or type /help.",
            contact: "Phone · {label}: {phone} ({hours})",
            noContacts: "There are no phone numbers. Please ask here in the chat.",
            helpLines: [
                "These are the commands. Anything else you type goes to your agent.",
                "  /menu         show the topics again",
                "  /faq WORDS    search the frequent questions",
                "  /solved       the answer helped (if not, /unsolved)",
                "  /inquire      leave a question to be answered later (/send when it is written, /cancel to stop)",
                "  /inquire RECEIPT   read it and its answer (/reply RECEIPT to say more)",
                "  /queue        your place in line and about how long it takes",
                "  /skip         skip the remaining questions",
                "  /transcript   read this chat from the beginning",
                "  /rate 5 thank you   rate a finished chat from 1 to 5",
                "  /contact      phone numbers and hours",
                "  /resume CODE  return to a chat after a lost connection",
                "  /lang ko|en|ja|zh   change the language",
                "  /leave        end the chat, or leave",
                "To send words that begin with '/', begin with '//'.",
            ],
            welcomeBack: "Welcome back.",
            entered: "You have chosen: {topic}.",
            stop: ". ",
            wayBack: "If you get disconnected, come back and type: /resume {code}",
            wayBackHeld:
                "If you get disconnected, your place is kept for {length} (closing the window gives it up): come back and type: /resume {code}",
            secondsOne: "{n} second",
            seconds: "{n} seconds",
            minutesOne: "{n} minute",
            minutes: "{n} minutes",
            hoursOne: "{n} hour",
            hours: "{n} hours",
            intakeIntroduction:
                "A few questions while you wait. Press Enter to skip one, or type /skip to skip them all.",
            intakeDone: "Thank you. Your agent will read this first. Just type if there is anything to add.",
            intakeSkipped: "All right, no more questions. Just type whatever you would like to say.",
            intakeTooLong: "That answer is too long. Please keep it within 1,000 bytes.",
            intakeRequiredIntroduction: "First, what we cannot do without. To go back, type /menu.",
            intakeRequired: "We need an answer to this question. To go back, type /menu.",
            intakeNoDate: "Please name the day, such as: yesterday, 30 November, 2026-11-30.",
            intakeNoAmount: "Please name the amount, such as: 45,000 won.",
            intakeNoChoice: "Please choose one of the numbers.",
            choice: "{number}) {label}",
            started: "You are now chatting with agent {name}. Please go ahead. To finish, type /leave.",
            talking: "You are chatting with agent {name}.",
            erasedWords: "[erased]",
            idleReminderOne: "Are you still there? The chat ends after {n} more minute of silence.",
            idleReminder: "Are you still there? The chat ends after {n} more minutes of silence.",
            leftQueue: "You have left the line. Come back whenever you like.",
            receipt: "Receipt: {code} (please mention it if you contact us again)",
            howToRate: "How was it? For example: /rate 5 very kind (1 to 5)",
            transcriptBegins: "── The chat from its beginning ──",
            transcriptEnds: "── End of the transcript ──",
            languageChanged: "We will speak English from now on.",
            languageUsage: "Please type: /lang en (ko 한국어, en English, ja 日本語, zh 中文)",
            rateUsage: "Please give 1 to 5, for example: /rate 5 very kind",
            resumeUsage: "Please add your code: /resume CODE",
            nothingToSkip: "There is no question to skip right now.",
            noChatHint: "That went nowhere: you are not in a chat. Type /menu to start one.",
            menuOnlyOutsideChats: "You are in a chat or waiting for one. To stop, type /leave.",
            stillOpen: "Still open: {labels}",
            retryOne: "Please try again in {n} second.",
            retry: "Please try again in {n} seconds.",
            retrySoon: "Please try again in a moment.",
            lockedForGood: "This account is locked. Please ask your administrator."),
        // Hours, by hand and in messages to programs
        hours: Hours(
            menuClosed: "  {number}. {label} (closed now)",
            menuClosedUntil: "  {number}. {label} (closed. {opens})",
            opens: "Opens {when}",
            today: "today at {time}",
            tomorrow: "tomorrow at {time}",
            onWeekday: "on {weekday} at {time}",
            onDate: "on {month} {day} at {time}",
            weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
            months: [
                "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                "November", "December",
            ],
            midnight: "12 AM",
            noon: "noon",
            morning: "{hour} AM",
            morningMinutes: "{hour}:{minute} AM",
            afternoon: "{hour} PM",
            afternoonMinutes: "{hour}:{minute} PM",
            closedServed:
                "We have closed, but you keep your place: as long as agents are here, they take everybody in turn.",
            closedAlone:
                "We are closed right now. You keep your place and will be connected as soon as an agent arrives.",
            waited: "We are sorry that you have had to wait so long. You keep your place.",
            opensBehind: " {opens}.",
            contactsBehind: " Other ways to reach us: {contacts}"),
        // Questions that are answered later, by hand
        inquiries: Inquiries(
            hint: "Topics that take no chat now take your question in writing: choose its number, or type /inquire.",
            insteadOfWaiting: "To get an answer later instead of waiting, type /inquire.",
            instead: "You can leave your question instead, and we will answer it. To stop, type /cancel.",
            topicPrompt: "What is it about? Please choose a number. To stop, type /cancel.",
            textPrompt:
                "Please write your question. What happened and when, the account, and what you would like us to do: then we need not ask again. Never type a password or a card number.",
            replyPrompt: "Please write what you would like to add.",
            howToSend: "It may have several lines. When it is complete, type /send; to stop, type /cancel.",
            full:
                "There is no room for this line. All of it may have {limit} bytes, and {room} are left. Please make it shorter or split it. To send what you have, type /send.",
            emailPrompt: "Would you tell us your e-mail address? If not, press Enter or type /skip.",
            emailWrong:
                "This is no e-mail address that we can use. Please write it like name@example.com, in plain letters and digits, or press Enter for none.",
            emailTooLong: "This e-mail address is too long: it may have 254 characters. Press Enter for none.",
            declined: "You did not agree, so your question was not sent.",
            arrived: "We have your question. Receipt: {code}",
            due: "An answer is due {when}.",
            mailed: "We will send the answer by e-mail, too.",
            howToRead: "To read the answer, come back at any time and type: /inquire {code}",
            replied: "Added. To read the answer: /inquire {code}",
            otherReceipt: "To correct the receipt, type /reply RECEIPT.",
            kept: "What you wrote is still here. Type /send to send it, or /cancel to drop it.",
            paused:
                "The question you were writing was not sent. Type /send to give it to your agent, or /cancel to drop it.",
            tooManyOne: "That was too often. Please send it again in {n} minute.",
            tooMany: "That was too often. Please send it again in {n} minutes.",
            unsent: "Something you wrote is not sent yet. First type /send to send it, or /cancel to drop it.",
            dropped: "What you had not sent was dropped.",
            cancelled: "All right. Nothing was sent.",
            nothingToCancel: "There is nothing to cancel. To end a chat or leave the line, type /leave.",
            nothingToSend: "There is nothing to send. To leave a question, type /inquire.",
            stateOpen: "Inquiry {code}: we have it.",
            stateTaken: "Inquiry {code}: an agent is looking at it.",
            stateAnswered: "Inquiry {code}: it was answered.",
            stateReopened: "Inquiry {code}: we have what you added.",
            stateClosed: "Inquiry {code}: it is closed.",
            howToReply: "To say more: /reply {code}",
            usage:
                "Please check the receipt. To read an inquiry, type /inquire RECEIPT; to leave a new one, just /inquire.",
            replyUsage: "Please give the receipt and what you would like to add, such as: /reply RECEIPT YOUR WORDS"),
        // The page's first view and its connection
        firstView: FirstView(
            desk: "Chat support",
            language: "Language",
            closePage: "Close the chat window",
            close: "Close",
            connecting: "Connecting…",
            reconnecting: "The connection was lost. Reconnecting; what you wrote is safe.",
            reconnectNow: "Connect now",
            greeting: "How can we help?",
            topics: "Topics",
            openNow: "Available now",
            waiting: "{n} waiting",
            nobody: "No agent on duty",
            nobodyWaiting: "No agent on duty · {n} waiting",
            contacts: "Other ways to reach us",
            closedNow: "Closed right now",
            nothingOpen: "We take no chats right now. Please use the contacts below.",
            privacy: "Privacy notice",
            privacyMore: "Read more",
            inquire: "Leave a question",
            receipts: "See an answer"),
        // The page's conversation
        conversation: Conversation(
            pausedIdle: "Paused because the chat was not used for a while.",
            pausedReplaced: "This chat goes on in another window.",
            pausedOther: "The connection has ended.",
            reconnect: "Reconnect",
            continueHere: "Continue here",
            paced: "Sending a little slower. Nothing you wrote gets lost.",
            storageFull: "We cannot store messages right now. Yours will be sent as soon as we can.",
            busy: "We are too busy right now. Trying again in a moment.",
            draining: "A short pause for maintenance. You will be connected again soon.",
            consentTitle: "Before we begin",
            consentAgree: "Agree and start",
            back: "Back",
            closedText: "We take no chats about this right now. Please contact us another way or come back later.",
            closedOthers: "Open right now",
            requiredTitle: "Before we start",
            requiredHint: "Your agent needs this to help you right away.",
            requiredStart: "Start the chat",
            answerChoose: "Please choose",
            answerMissing: "Please fill this in.",
            answerNoAmount: "Please write the amount in digits, such as 45,000 KRW.",
            answerRefused: "We did not understand this. Please write it differently.",
            entering: "Joining the line…",
            placeOne: "You are first in line",
            place: "You are number {n} in line",
            keepOpen: "Please keep this window open: a while after it is closed, your place is given up.",
            keepPlaceOne: "If your screen goes dark or the connection drops, we keep your place for {n} minute.",
            keepPlace: "If your screen goes dark or the connection drops, we keep your place for {n} minutes.",
            reconnectingPlace: "The connection was lost. Reconnecting; your place is kept until {time}.",
            leaveQueue: "Leave the line",
            intakeTitle: "A few questions while you wait",
            intakeHint: "Your agent reads the answers first, so you need not explain twice.",
            intakeProgress: "Question {n} of {total}",
            intakeTooLong: "That answer is too long. Please keep it within 1,000 bytes.",
            intakeNext: "Next",
            intakeSkip: "Skip",
            intakeSkipAll: "Skip all",
            intakeDone: "Thank you. Your agent will read this first. If there is anything to add, type it below.",
            answersTitle: "What you told us",
            answerWhat: "What happened",
            answerWhen: "When",
            answerAccount: "Account",
            answerPayment: "Payment",
            answerDevice: "Device or app",
            answerGoal: "What you would like",
            started: "You are now chatting with agent {name}. Please go ahead.",
            chat: "Conversation",
            chattingWith: "Agent {name}",
            chatting: "In a chat",
            agentIsAway: "connection lost for a moment",
            system: "Notice",
            blank: "(empty message)",
            typing: "Your agent is typing",
            sending: "Sending",
            saved: "Sent",
            seen: "Seen",
            unsent: "Not sent",
            editAgain: "Edit",
            newWords: "New messages",
            message: "Message",
            messagePlaceholder: "Type a message",
            send: "Send",
            sendHint: "Enter sends, Shift+Enter starts a new line.",
            bytes: "{n} / {limit} bytes",
            tooLong: "This is too long. Please split it.",
            onlyWords: "Files and pictures cannot be sent yet. Please tell us in words.",
            save: "Save chat",
            end: "End chat",
            endTitle: "End this chat?",
            endText: "You can still read and save the conversation in this window.",
            leaveTitle: "Leave the line?",
            leaveText: "Your place goes to the next person.",
            keepGoing: "Keep going",
            endedTitle: "The chat has ended",
            unknown: "The chat ended while the connection was lost.",
            leftQueue: "You have left the line. Come back whenever you like.",
            placeLost: "The connection was lost for too long, so your place was given up. Please join the line again.",
            receipt: "Reference number",
            receiptHint: "Please mention it if you contact us again.",
            copy: "Copy",
            copied: "Copied",
            rateTitle: "How was it?",
            rateOne: "{n} star",
            rate: "{n} stars",
            rateComment: "Anything to add (optional)",
            commentTooLong: "That is too long. Please shorten it a little.",
            rateSend: "Send rating",
            rateClosed: "The time for rating is over.",
            startAnew: "Start a new chat",
            transcriptTitle: "Transcript",
            transcriptTopic: "Topic",
            transcriptSaved: "Saved at",
            transcriptFile: "chat",
            closedInquiry: "We take no chats about this right now. Leave your question, and an agent will answer it.",
            inquiryTitle: "Leave a question",
            inquiryHint: "Write it down and an agent will answer it. There is no need to wait.",
            inquiryTopic: "What is it about?",
            inquiryText: "Your question",
            inquiryEmail: "E-mail (optional)",
            inquiryEmailHint: "If you give one, the answer comes by mail, too. Without one, the number leads to it.",
            inquirySend: "Leave it",
            inquiryTooLong: "This is too long. Please shorten it.",
            inquiryNoEmail: "Please check the e-mail address.",
            inquiryLimited: "You have left too many questions. Please try again in {n} min.",
            inquiryLeft: "Your question is here",
            inquiryDue: "You will have an answer by {time}.",
            inquiryByMail: "A confirmation and the answer come by mail.",
            inquiryByReceipt: "The answer will be under “See an answer”, by this number.",
            inquiryReceiptHint: "It leads to the answer at any time. Please keep it.",
            inquiryMayClose: "You can close this page now.",
            inquiryDone: "Back to the start",
            inquiryRead: "See my question",
            inquiryInstead: "Leave a question instead of waiting",
            lookUp: "See an answer",
            lookUpMine: "Left in this window",
            lookUpRead: "See it",
            threadAdd: "Anything to add?",
            inquirySought: "Looking for the question…",
            inquiryUnknown:
                "No question has this number. Please check it. Those that ended long ago cannot be seen any more.",
            inquiryAnswered: "It has been answered. If anything is still open, write it below.",
            inquiryClosed: "This question is closed. What you write below opens it again."))
}

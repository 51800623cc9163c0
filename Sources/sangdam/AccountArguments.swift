// What the words of `sangdam account …` mean: names, lists, numbers.

import ArgumentParser
import SangdamCore
import SangdamServer

let roleHelp = "agent or supervisor. A supervisor may do what an agent may, and open and close queues."
let skillsHelp =
    "Queues that the agent serves, with commas; * is every queue that asks for no specialist."
let languagesHelp = "Languages of ko, en, ja, zh, with commas; * is any."

func capacityNumber(_ text: String) throws -> Int {
    guard let number = Int(text), Account.capacityRange.contains(number) else {
        throw ValidationError("A capacity is a number from 1 to 100.")
    }
    return number
}

func agentName(_ text: String) throws -> AgentName {
    guard let name = AgentName(validating: text) else {
        throw ValidationError("A name is 1 to 64 of A-Z a-z 0-9 . _ -")
    }
    return name
}

func skillList(_ text: String) throws -> [QueueID] {
    if text == "*" { return [] }
    return try distinct(text) { part in
        guard let name = QueueID(validating: String(part)) else {
            throw ValidationError("`\(part)` is no queue's name: 1 to 64 of A-Z a-z 0-9 . _ -")
        }
        return name
    }
}

func languageList(_ text: String) throws -> [Language] {
    if text == "*" { return [] }
    return try distinct(text) { part in
        guard let language = Language(rawValue: String(part)) else {
            throw ValidationError("`\(part)` is none of ko, en, ja, zh")
        }
        return language
    }
}

/// The words between commas, each once, in their order.
private func distinct<Value: Hashable>(_ text: String, _ read: (Substring) throws -> Value) throws -> [Value] {
    var seen: Set<Value> = []
    return try text.split(separator: ",", omittingEmptySubsequences: false).map(read).filter {
        seen.insert($0).inserted
    }
}

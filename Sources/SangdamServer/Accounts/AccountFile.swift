// The account file's form: one JSON object with a version, pretty enough to read and to compare. Written with the
// core's JSON writer; read with Foundation's decoder, which is nowhere near a message's path.

internal import Foundation
package import SangdamCore

enum AccountFile {
    /// Why the content is not an account file.
    struct FormatError: Error, CustomStringConvertible {
        let description: String
    }

    private static let version = 1

    private struct Content: Decodable {
        let version: Int
        let accounts: [Row]
    }

    private struct Row: Decodable {
        let name: String
        let role: String
        let skills: [String]
        let languages: [String]
        let capacity: Int
        let password: String
        let created: String
    }

    /// One account a line.
    static func encode(_ accounts: [Account]) -> [UInt8] {
        var bytes = Array("{\"version\":\(version),\"accounts\":[".utf8)
        for (place, account) in accounts.enumerated() {
            var writer = JSONWriter()
            writer.beginObject()
            account.writeDescription(into: &writer)
            writer.key("password")
            writer.string(account.password.description)
            writer.key("created")
            writer.string(account.created)
            writer.endObject()
            bytes.append(contentsOf: place == 0 ? "\n".utf8 : ",\n".utf8)
            bytes.append(contentsOf: writer.bytes)
        }
        bytes.append(contentsOf: "\n]}\n".utf8)
        return bytes
    }

    static func decode(_ bytes: [UInt8]) throws(FormatError) -> [Account] {
        let content: Content
        do {
            content = try JSONDecoder().decode(Content.self, from: Data(bytes))
        } catch {
            throw FormatError(description: "not an account file: \(reason(of: error))")
        }
        guard content.version == version else {
            throw FormatError(description: "version \(content.version) is not known here, only \(version)")
        }
        var accounts: [Account] = []
        var names: Set<String> = []
        for row in content.accounts {
            guard let account = account(row) else {
                throw FormatError(description: "the account `\(printable(row.name))` is damaged")
            }
            guard names.insert(row.name).inserted else {
                throw FormatError(description: "the account `\(printable(row.name))` stands twice")
            }
            accounts.append(account)
        }
        return accounts
    }

    private static func account(_ row: Row) -> Account? {
        let skills = row.skills.compactMap { QueueID(validating: $0) }
        let languages = row.languages.compactMap { Language(rawValue: $0) }
        guard let name = AgentName(validating: row.name), let role = Account.AccountRole(rawValue: row.role),
            skills.count == row.skills.count, languages.count == row.languages.count,
            Account.capacityRange.contains(row.capacity), let password = PasswordHash(row.password),
            let created = Instant(rfc3339: row.created.utf8)
        else { return nil }
        return Account(
            name: name, role: role, skills: skills, languages: languages, capacity: row.capacity, password: password,
            created: created)
    }

    /// Where the decoder stumbled, without quoting the content: it may hold hashes.
    private static func reason(of error: any Error) -> String {
        guard let error = error as? DecodingError else { return "unreadable" }
        func path(_ context: DecodingError.Context) -> String {
            context.codingPath.isEmpty ? "" : " at " + context.codingPath.map(\.stringValue).joined(separator: ".")
        }
        switch error {
        case .keyNotFound(let key, let context): return "`\(key.stringValue)` is missing\(path(context))"
        case .typeMismatch(_, let context), .valueNotFound(_, let context): return "wrong kind of value\(path(context))"
        case .dataCorrupted: return "not JSON"
        @unknown default: return "unreadable"
        }
    }
}

extension Account {
    /// What anybody may read of an account, as fields of an object that is open: all but the password and its date.
    package func writeDescription(into writer: inout JSONWriter) {
        writer.key("name")
        writer.string(name.text)
        writer.key("role")
        writer.string(role.rawValue)
        writer.key("skills")
        writer.beginArray()
        for skill in skills { writer.string(skill.text) }
        writer.endArray()
        writer.key("languages")
        writer.beginArray()
        for language in languages { writer.string(language.rawValue) }
        writer.endArray()
        writer.key("capacity")
        writer.number(capacity)
    }
}

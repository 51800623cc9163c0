// The account file's form: one JSON object with a version, pretty enough to read and to compare. Written with the
// core's JSON writer; read with Foundation's decoder, which is nowhere near a message's path.
//
// Beside the accounts stand the last edits, numbered, and who made them: the server, which sees only that the file is
// another one, tells the journal from them what was done, also between two looks or while it was down.

internal import Foundation
internal import SangdamCore
package import SangdamJSON

enum AccountFile {
    /// Why the content is not an account file.
    struct FormatError: Error, CustomStringConvertible {
        let description: String
    }

    /// What the file holds.
    struct Content: Sendable, Equatable {
        var accounts: [Account] = []
        /// Newest last; at most `editLimit`.
        var edits: [AccountEdit] = []

        /// Older ones than these are forgotten: the journal has them.
        static let editLimit = 32
    }

    /// A version that knows of no locks would let a locked agent in, so it shall not read the file.
    private static func version(of accounts: [Account]) -> Int {
        accounts.contains(where: \.isLocked) ? 2 : 1
    }

    private static let knownVersions = 1...2

    private struct Rows: Decodable {
        let version: Int
        let accounts: [Row]
        let edits: [EditRow]?
    }

    private struct Row: Decodable {
        let name: String
        let role: String
        let skills: [String]
        let languages: [String]
        let capacity: Int
        let locked: Bool?
        let password: String
        let created: String
    }

    private struct EditRow: Decodable {
        let n: UInt64
        let account: String
        let change: String
        let by: String
        let at: String

        /// Nobody depends on it: what a newer version writes there, or somebody by hand, is passed over.
        var edit: AccountEdit? {
            guard let name = AgentName(validating: account), let change = AccountChange(rawValue: change),
                let given = Instant(rfc3339: at.utf8), by.utf8.count <= AccountEdit.authorLimitBytes
            else { return nil }
            return AccountEdit(
                mark: AccountEditMark(number: n, given: given), account: name, change: change, by: Text(by))
        }
    }

    /// One account a line, one edit a line.
    static func encode(_ content: Content) -> [UInt8] {
        var bytes = Array("{\"version\":\(version(of: content.accounts)),\"accounts\":[".utf8)
        append(content.accounts, to: &bytes) { account, writer in
            account.writeDescription(into: &writer)
            writer.key("password")
            writer.string(account.password.description)
            writer.key("created")
            writer.string(account.created)
        }
        bytes.append(contentsOf: "\n],\"edits\":[".utf8)
        append(content.edits, to: &bytes) { edit, writer in
            writer.key("n")
            writer.number(edit.mark.number)
            writer.key("account")
            writer.string(edit.account.text)
            writer.key("change")
            writer.string(edit.change.rawValue)
            writer.key("by")
            writer.string(edit.by)
            writer.key("at")
            writer.string(edit.mark.given)
        }
        bytes.append(contentsOf: "\n]}\n".utf8)
        return bytes
    }

    private static func append<Element>(
        _ elements: [Element], to bytes: inout [UInt8], fields: (Element, inout JSONWriter) -> Void
    ) {
        for (index, element) in elements.enumerated() {
            var writer = JSONWriter()
            writer.beginObject()
            fields(element, &writer)
            writer.endObject()
            bytes.append(contentsOf: index == 0 ? "\n".utf8 : ",\n".utf8)
            bytes.append(contentsOf: writer.bytes)
        }
    }

    static func decode(_ bytes: [UInt8]) throws(FormatError) -> Content {
        let rows: Rows
        do {
            rows = try JSONDecoder().decode(Rows.self, from: Data(bytes))
        } catch {
            throw FormatError(description: "not an account file: \(reason(of: error))")
        }
        guard knownVersions.contains(rows.version) else {
            throw FormatError(
                description: "version \(rows.version) is not known here, only \(knownVersions.lowerBound) to "
                    + "\(knownVersions.upperBound): it was written by a newer sangdam")
        }
        var content = Content()
        var names: Set<String> = []
        for row in rows.accounts {
            guard let account = account(row) else {
                throw FormatError(description: "the account `\(printable(row.name))` is damaged")
            }
            guard names.insert(row.name).inserted else {
                throw FormatError(description: "the account `\(printable(row.name))` stands twice")
            }
            content.accounts.append(account)
        }
        content.edits = (rows.edits ?? []).suffix(Content.editLimit).compactMap(\.edit)
        return content
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
            created: created, isLocked: row.locked ?? false)
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
        writer.key("locked")
        writer.bool(isLocked)
    }
}

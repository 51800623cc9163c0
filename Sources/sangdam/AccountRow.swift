// How `sangdam account list` shows accounts to people.

import SangdamCore
import SangdamServer

/// Accounts as the lines of a table, under a heading.
enum AccountRow {
    static func table(of accounts: [Account]) -> [String] {
        let rows =
            [["NAME", "ROLE", "CAPACITY", "LOCKED", "LANGUAGES", "CREATED", "SKILLS"]]
            + accounts.map { account in
                [
                    account.name.text, account.role.rawValue, String(account.capacity), account.isLocked ? "yes" : "no",
                    all(account.languages.map(\.rawValue)), account.created.rfc3339, all(account.skills.map(\.text)),
                ]
            }
        let widths = rows[0].indices.map { column in rows.map { $0[column].utf8.count }.max() ?? 0 }
        return rows.map { row in
            // Nothing stands behind the last cell, so it needs no blanks.
            zip(row.dropLast(), widths).map { $0.padded(to: $1) + "  " }.joined() + (row.last ?? "")
        }
    }

    /// `*`: no list is every one.
    private static func all(_ words: [String]) -> String {
        words.isEmpty ? "*" : words.joined(separator: ",")
    }
}

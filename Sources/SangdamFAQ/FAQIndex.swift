// The index of frequent questions: SQLite's full-text search (FTS5) in memory, one table a language, whose words are
// the pieces that `Gram` cuts. FTS5's own tokenizers do not do: `unicode61` takes an inflected Korean word for another
// one, and `trigram` finds no word of two syllables.
//
// What a search finds depends on the entries and the query alone. It takes time: nothing here may be called on a
// reactor or by the desk.

internal import Foundation
internal import GRDB
package import SangdamCore

/// Entries, and what is needed to find them; never changed.
package final class FAQIndex: Sendable {
    /// Entries that one index may hold.
    package static let limit = 5_000
    /// What a search finds at most.
    package static let resultLimit = 3
    /// Different pieces of a query that are looked up; what stands behind them is not.
    private static let queryLimitGrams = 64
    /// How many of them may be prefixes: each is ranked over every entry that has a piece which begins so.
    private static let queryLimitPrefixes = 8
    /// The least share of what a query says that an entry must have, so that one word in common is no answer.
    private static let leastShare = 0.33
    /// Entries that are looked at closely, those that FTS5 finds best.
    private static let candidateLimit = 12
    /// Pieces of hiragana alone count for so much of others.
    private static let grammarWeight = 0.3
    /// Rarity is told as if there were so many entries at least.
    private static let leastEntries = 20
    /// Pieces that stand nowhere count for so much of others.
    private static let unknownWeight = 0.4

    package let entries: [FAQEntry]
    /// The languages in which something may be found, the order in which they are tried when the asker's finds nothing.
    private let fallbacks: [Language]
    private let database: DatabaseQueue
    /// In how many entries each piece stands.
    private let frequencies: [Language: Frequencies]

    private struct Frequencies {
        var entries = 0
        var byGram: [String: Int] = [:]
    }

    /// - Parameters:
    ///   - entries: at most `limit`.
    ///   - language: the one that every entry has an answer in.
    package init(_ entries: [FAQEntry], fallback language: Language) throws {
        precondition(entries.count <= Self.limit, "more entries than an index may hold")
        self.entries = entries
        fallbacks = [language] + Language.allCases.filter { $0 != language }
        database = try DatabaseQueue()
        frequencies = try database.write { database in
            var frequencies: [Language: Frequencies] = [:]
            for language in Language.allCases {
                frequencies[language] = try Self.fill(Self.table(of: language), with: entries, language, database)
            }
            return frequencies
        }
    }

    private static func table(of language: Language) -> String { "faq_\(language.rawValue)" }

    private static func fill(
        _ table: String, with entries: [FAQEntry], _ language: Language, _ database: Database
    ) throws -> Frequencies {
        // Without content: the words themselves stand in `entries`.
        try database.execute(
            sql: """
                CREATE VIRTUAL TABLE \(table) USING fts5(
                    question, words, answer, content='', tokenize="unicode61 remove_diacritics 0 tokenchars '_'")
                """)
        let insertion = try database.makeStatement(
            sql: "INSERT INTO \(table)(rowid, question, words, answer) VALUES (?, ?, ?, ?)")
        var frequencies = Frequencies()
        for (index, entry) in entries.enumerated() {
            let pieces = SearchedEntry(entry, in: language)
            let all = Set((pieces.question + pieces.words + pieces.answer).map(\.text))
            guard !all.isEmpty else { continue }
            try insertion.execute(
                arguments: [index, written(pieces.question), written(pieces.words), written(pieces.answer)])
            frequencies.entries += 1
            for gram in all { frequencies.byGram[gram, default: 0] += 1 }
        }
        return frequencies
    }

    private static func written(_ grams: [Gram]) -> String { grams.map(\.text).joined(separator: " ") }

    // MARK: Searching

    /// The entries that answer the query best, the best first; none if none fits.
    ///
    /// They are searched in the asker's language, and if that finds nothing, in the one that every entry has an answer
    /// in and then in the others.
    /// - Parameter topic: only entries of this topic and of none.
    package func search(_ query: String, in language: Language, topic: TopicID?) throws -> [FAQMatch] {
        let asked = Self.askedGrams(query)
        guard !asked.isEmpty else { return [] }
        return try database.read { database in
            for language in [language] + fallbacks.filter({ $0 != language }) {
                let matches = try matches(of: asked, in: language, topic, database)
                if !matches.isEmpty { return matches }
            }
            return []
        }
    }

    /// The pieces to look up, each once.
    private static func askedGrams(_ query: String) -> [Gram] {
        var seen: Set<Gram> = []
        var asked: [Gram] = []
        var prefixes = 0
        for gram in Gram.grams(of: query) where seen.insert(gram).inserted {
            if gram.isPrefix {
                guard prefixes < queryLimitPrefixes else { continue }
                prefixes += 1
            }
            asked.append(gram)
            if asked.count == queryLimitGrams { break }
        }
        return asked
    }

    private func matches(
        of asked: [Gram], in language: Language, _ topic: TopicID?, _ database: Database
    ) throws -> [FAQMatch] {
        guard let frequencies = frequencies[language], frequencies.entries > 0 else { return [] }
        let weighed = asked.map { (gram: $0, weight: weight(of: $0, frequencies)) }
        let statement = try database.cachedStatement(
            sql: """
                SELECT rowid, bm25(\(Self.table(of: language)), 4, 3, 1) AS rank FROM \(Self.table(of: language))
                WHERE \(Self.table(of: language)) MATCH ? ORDER BY rank
                """)
        let rows = try Row.fetchCursor(statement, arguments: [Self.expression(asked)])
        var matches: [FAQMatch] = []
        var candidates = 0
        while candidates < Self.candidateLimit, let row = try rows.next() {
            let entry = entries[row[0]]
            guard entry.belongs(to: topic) else { continue }
            candidates += 1
            let share = SearchedEntry(entry, in: language).share(of: weighed)
            guard share >= Self.leastShare else { continue }
            let rank: Double = row[1]
            // What bm25 calls best is the smallest.
            matches.append(FAQMatch(entry: entry, score: -rank * share))
        }
        return Array(matches.sorted { $0.score > $1.score }.prefix(Self.resultLimit))
    }

    /// How much a piece says: the rarer the more. One that stands nowhere says that the query may be about something
    /// else, or is an ending: half of the pieces of an inflected word are.
    private func weight(of gram: Gram, _ frequencies: Frequencies) -> Double {
        // Of a handful of entries most pieces stand in half, which makes them no emptier.
        let total = Double(max(frequencies.entries, Self.leastEntries))
        let having = Double(frequencies.byGram[gram.text] ?? 0)
        let rarity = log(1 + (total - having + 0.5) / (having + 0.5))
        return rarity * (gram.isGrammar ? Self.grammarWeight : 1) * (having == 0 ? Self.unknownWeight : 1)
    }

    /// Any of the pieces, in FTS5's language. They hold letters, digits and `_` only, so that nothing need be escaped.
    private static func expression(_ grams: [Gram]) -> String {
        grams.map { "\"\($0.text)\"" + ($0.isPrefix ? "*" : "") }.joined(separator: " OR ")
    }
}

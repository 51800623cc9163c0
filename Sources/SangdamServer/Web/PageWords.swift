// The page's words as its modules, made of the table of sentences: `/words/page-ko.js` for every view and
// `/words/talk-ko.js` for a conversation, and so for each language.

internal import SangdamCore
internal import SangdamJSON
internal import SangdamWire

enum PageWords {
    /// By path.
    /// - Parameter greeting: the organisation's, in the languages in which it has one.
    static func modules(greeting: Localised? = nil) -> [String: [UInt8]] {
        var modules: [String: [UInt8]] = [:]
        for language in Language.allCases {
            for part in Phrases.PagePart.allCases {
                var table = language.phrases.table(part)
                if let own = greeting?.byLanguage[language],
                    let row = table.firstIndex(where: { $0.key == "greeting" })
                {
                    table[row].sentence = own
                }
                modules["/words/\(part.rawValue)-\(language.rawValue).js"] = module(table)
            }
        }
        return modules
    }

    private static func module(_ table: [(key: String, sentence: String)]) -> [UInt8] {
        var bytes = Array("export default ".utf8)
        JSONWriter.append(to: &bytes) { writer in
            writer.beginObject()
            for (key, sentence) in table {
                writer.key(named: key)
                writer.string(sentence)
            }
            writer.endObject()
        }
        return bytes + Array(";\n".utf8)
    }
}

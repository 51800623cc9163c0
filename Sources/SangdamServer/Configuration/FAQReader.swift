// The files of frequent questions that the setting `faq` names: one file, or all of a folder's. Whatever is wrong is told
// with its file and line, like what is wrong with the configuration itself.

internal import Foundation
internal import SangdamCore
internal import SangdamFAQ
internal import SangdamWire

/// Reads entries and checks each against the desk's topics and against the others.
struct FAQReader {
    private static let questionLimitBytes = 300
    private static let answerLimitBytes = 2_000
    private static let wordsLimitBytes = 1_000

    /// Nil when topics are not to be checked: those of the desk are at fault themselves.
    private let topics: [String]?
    /// What the files may still have, of 16 MiB together: above what `FAQIndex.limit` entries of usual length take.
    private var roomBytes = 16 << 20
    private var entries: [FAQEntry] = []
    private var faults: [ConfigurationFault] = []
    /// Where each id stands first.
    private var seen: [String: String] = [:]

    /// - Parameters:
    ///   - path: relative to the folder of the configuration's file.
    ///   - topics: the desk's; nil: any.
    static func read(
        _ path: String, of configuration: ServerConfiguration, topics: [String]?
    ) -> (entries: [FAQEntry], faults: [ConfigurationFault]) {
        var reader = FAQReader(topics: topics)
        reader.readAll(path, base: configuration.file)
        return (reader.entries, reader.faults)
    }

    private init(topics: [String]?) {
        self.topics = topics
    }

    private mutating func readAll(_ path: String, base file: String?) {
        let path = beside(file, path)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            return readFile(path)
        }
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
        let files = names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.map { path + "/" + $0 }
        guard !files.isEmpty else {
            return faults.append(
                ConfigurationFault(
                    .file(path, line: nil, column: nil), "a folder of frequent questions without a file `….yaml`"))
        }
        for file in files { readFile(file) }
    }

    private mutating func readFile(_ path: String) {
        guard let document = ConfigurationDocument.read(path, roomBytes: &roomBytes, faults: &faults) else { return }
        if case .nothing = document.content { return }
        var reader = FileReader(file: path)
        defer { faults += reader.faults }
        guard case .list(let nodes) = document.content else {
            return reader.fault(document.location, "frequent questions must be a list, not \(document.kindName)")
        }
        for node in nodes {
            guard entries.count < FAQIndex.limit else {
                return reader.fault(node.location, "more than \(FAQIndex.limit) frequent questions")
            }
            read(node, with: &reader)
        }
    }

    private mutating func read(_ node: DocumentNode, with reader: inout FileReader) {
        let keys = ["id", "topics", "question", "answer", "words"]
        guard let fields = reader.fields(node, of: "a frequent question", allowed: keys) else { return }
        let id = identifier(fields, node, with: &reader)
        let topics = fields["topics"].map { readTopics($0.value, with: &reader) } ?? []
        let question = text("question", fields, node, limitBytes: Self.questionLimitBytes, with: &reader)
        let answer = text("answer", fields, node, limitBytes: Self.answerLimitBytes, lines: .several, with: &reader)
        let words = fields["words"].map { entry in
            reader.localised(entry.value, of: "the question's `words`", limitBytes: Self.wordsLimitBytes)
        }
        guard let id, let question, let answer else { return }
        entries.append(
            FAQEntry(
                id: id, topics: topics, question: question, answer: answer, words: (words ?? nil) ?? Localised([:])))
    }

    private mutating func identifier(
        _ fields: [String: DocumentNode.Entry], _ node: DocumentNode, with reader: inout FileReader
    ) -> FAQEntryID? {
        guard let entry = fields["id"] else {
            reader.fault(node.location, "this question has no `id`")
            return nil
        }
        guard let id: FAQEntryID = reader.name(entry.value, of: "a question's `id`") else { return nil }
        if let first = seen[id.text] {
            reader.fault(entry.value.location, "the question `\(id)` stands twice; the first is in \(first)")
            return nil
        }
        seen[id.text] = "\(reader.file):\(entry.value.location.line)"
        return id
    }

    private func readTopics(_ node: DocumentNode, with reader: inout FileReader) -> [TopicID] {
        reader.list(node, of: "a question's `topics`", limit: 50).compactMap { node in
            guard let topic: TopicID = reader.name(node, of: "a topic") else { return nil }
            guard let topics, !topics.contains(topic.text) else { return topic }
            let hint =
                suggestion(for: topic.text, among: topics).map { "did you mean `\($0)`?" }
                ?? (topics.isEmpty ? "there is none" : "there are " + topics.map { "`\($0)`" }.joined(separator: ", "))
            reader.fault(node.location, "the question belongs to an unknown topic, `\(topic)` (\(hint))")
            return nil
        }
    }

    /// What must be there.
    private func text(
        _ key: String, _ fields: [String: DocumentNode.Entry], _ node: DocumentNode, limitBytes: Int,
        lines: FileReader.Lines = .one, with reader: inout FileReader
    ) -> Localised? {
        guard let entry = fields[key] else {
            reader.fault(node.location, "this question has no `\(key)`")
            return nil
        }
        return reader.complete(entry, of: "the question's `\(key)`", limitBytes: limitBytes, lines: lines)
    }
}

/// A path as it stands in the configuration's file: one that does not begin with `/` begins in that file's folder.
func beside(_ file: String?, _ path: String) -> String {
    guard !path.hasPrefix("/"), let file, let slash = file.lastIndex(of: "/") else { return path }
    return file[...slash] + path
}

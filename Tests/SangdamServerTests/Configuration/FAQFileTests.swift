// The files of frequent questions: where they are looked for, and that every fault is told with its file and line.

import Foundation
import SangdamCore
import SangdamFAQ
import SangdamServer
import Testing

@Suite("Files of frequent questions")
struct FAQFileTests {
    private static let desk = """
        faq: faq.yaml
        queues: [{id: general, labels: {ko: 일반}}]
        topics: [{id: refund, labels: {ko: 환불}, queue: general}]

        """

    private static let sound =
        "- {id: a, topics: [refund], question: {ko: 가}, answer: {ko: 나, en: N}, words: {ko: 다}}\n"

    /// Eight lines that stand for ten million values.
    private static let aliases =
        "- &a0 [x]\n"
        + (1...7).map { "- &a\($0) [" + Array(repeating: "*a\($0 - 1)", count: 10).joined(separator: ",") + "]\n" }
        .joined()

    private func load(_ files: [String: String]) throws -> ServerConfiguration {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path + "/many", withIntermediateDirectories: false)
        for (name, text) in files { _ = try folder.write(text, to: name) }
        return try ServerConfiguration.load(file: folder.path + "/sangdam.yaml", environment: [:])
    }

    @Test("A file beside the configuration")
    func file() throws {
        let configuration = try load(["sangdam.yaml": Self.desk, "faq.yaml": Self.sound])
        #expect(
            configuration.faq == [
                FAQEntry(
                    id: "a", topics: ["refund"], question: Localised([.korean: "가"]),
                    answer: Localised([.korean: "나", .english: "N"]), words: Localised([.korean: "다"]))
            ])
    }

    @Test("A folder, its files in the order of their names; an answer of several lines; an empty file")
    func folder() throws {
        let configuration = try load([
            "sangdam.yaml": Self.desk.replacing("faq.yaml", with: "many"),
            "many/b.yaml": Self.sound,
            "many/a.yml": "- id: b\n  question: {ko: 가}\n  answer:\n    ko: |\n      한 줄\n      두 줄\n",
            "many/c.yaml": "# none as yet\n", "many/notes.txt": "no YAML: at: all",
        ])
        #expect(configuration.faq.map(\.id) == ["b", "a"])
        #expect(configuration.faq.first?.answer.text(in: .korean) == "한 줄\n두 줄")
    }

    @Test("None")
    func none() throws {
        #expect(try load(["sangdam.yaml": "faq: \"\"\n"]).faq.isEmpty)
    }

    @Test(
        "Faults",
        arguments: [
            ("- {id: a, question: {ko: 가}, answer: {en: N}}\n", 1, "`answer` is missing in ko, the default language"),
            ("- {id: a, question: {en: Q}, answer: {ko: 나}}\n", 1, "`question` is missing in ko"),
            ("- {id: a, question: {ko: 가}}\n", 1, "this question has no `answer`"),
            ("- {question: {ko: 가}, answer: {ko: 나}}\n", 1, "this question has no `id`"),
            (sound + "\n" + sound, 3, "`a` stands twice; the first is in "),
            ("- id: a\n  topics: [refnd]\n  question: {ko: 가}\n  answer: {ko: 나}\n", 2, "did you mean `refund`?"),
            ("- {id: a, topics: [], question: {ko: 가}, answer: {ko: 나}}\n", 1, "`topics` must be a list of 1 to 50"),
            ("- {id: a, question: {ko: 가}, answer: {ko: 나}, tags: b}\n", 1, "unknown key `tags`"),
            ("- {id: a b, question: {ko: 가}, answer: {ko: 나}}\n", 1, "must be a name"),
            ("a: {question: {ko: 가}}\n", 1, "must be a list, not a mapping"),
            ("- id: a\n  question: {ko: 가}\n  answer: {ko: \"나\\u202E\"}\n", 3, "control, direction or invisible"),
            (
                "- {id: a, question: {ko: 가}, answer: {ko: \(String(repeating: "a", count: 2_001))}}\n", 1,
                "must be 1 to 2000 bytes long, not 2001"
            ),
            ("- id: a\n  - b\n", 2, "not YAML"),
            (aliases, 1, "more than 1000000 values"),
        ])
    func faults(_ text: String, _ line: Int, _ words: String) throws {
        let errors = try #require(throws: ConfigurationErrors.self) {
            try load(["sangdam.yaml": Self.desk, "faq.yaml": text])
        }
        #expect(errors.faults.count == 1, "\(errors)")
        #expect(errors.faults.first?.file?.hasSuffix("/faq.yaml") == true)
        #expect(errors.faults.first?.line == line)
        #expect(errors.description.contains(words), "\(errors)")
    }

    @Test("5,000 questions are read, and of 10,000 the first that is too many is told")
    func many() throws {
        func questions(_ count: Int) -> String {
            (1...count).map { "- {id: n\($0), question: {ko: 가}, answer: {ko: 나}}\n" }.joined()
        }
        #expect(try load(["sangdam.yaml": Self.desk, "faq.yaml": questions(FAQIndex.limit)]).faq.count == 5_000)
        let errors = try #require(throws: ConfigurationErrors.self) {
            try load(["sangdam.yaml": Self.desk, "faq.yaml": questions(10_000)])
        }
        #expect(errors.faults.map(\.line) == [5_001])
        #expect(errors.description.contains("more than 5000 frequent questions"))
    }

    @Test("The files of a folder have 16 MiB together, whichever of them has them")
    func room() throws {
        func load(_ sizes: [Int]) throws -> ServerConfiguration {
            var files = ["sangdam.yaml": Self.desk.replacing("faq.yaml", with: "many")]
            for (number, size) in sizes.enumerated() {
                files["many/\(number).yaml"] = String(repeating: "#\n", count: size / 2)
            }
            return try self.load(files)
        }
        let mebibyte = 1 << 20
        #expect(try load([mebibyte, 12 * mebibyte, 3 * mebibyte]).faq.isEmpty)
        let errors = try #require(throws: ConfigurationErrors.self) {
            try load([mebibyte, 12 * mebibyte, 3 * mebibyte + 2])
        }
        #expect(errors.faults.map { $0.file?.hasSuffix("/2.yaml") } == [true], "\(errors)")
    }

    @Test("What is not there is told, and a topic is no fault while those of the desk are")
    func others() throws {
        for (faq, words) in [("faq.yaml", "faq.yaml: cannot be read: No such file"), ("many", "without a file")] {
            let errors = try #require(throws: ConfigurationErrors.self) {
                try load(["sangdam.yaml": Self.desk.replacing("faq.yaml", with: faq)])
            }
            #expect(errors.description.contains(words), "\(errors)")
        }
        let errors = try #require(throws: ConfigurationErrors.self) {
            try load(["sangdam.yaml": "faq: faq.yaml\ntopics: 1\nqueues: 1\n", "faq.yaml": Self.sound])
        }
        #expect(!errors.description.contains("faq.yaml"), "\(errors)")
    }
}

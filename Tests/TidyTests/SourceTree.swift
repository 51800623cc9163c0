// The repository's files as the checks see them: path, lines, and lines without comments and strings.

import Foundation

/// One source file.
struct SourceFile: Sendable {
    /// From the repository's root, such as `Sources/SangdamCore/Desk/Desk.swift`.
    let path: String
    let lines: [String]
    /// The same lines with comments and the content of strings blanked out.
    let code: [String]

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        code = codeOnly(text).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// `SangdamCore` for `Sources/SangdamCore/…`.
    var target: String {
        let parts = path.split(separator: "/")
        return parts.count > 2 ? String(parts[1]) : ""
    }
}

/// What a check found, and where.
struct Finding: Sendable, Equatable, CustomStringConvertible {
    let path: String
    /// From 1.
    let line: Int
    let message: String

    var description: String { "\(path):\(line): \(message)" }
}

enum SourceTree {
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    /// All Swift files of the repository; read once, because every rule wants them.
    static let swiftFiles: [SourceFile] = {
        let files = try? SourceTree.files(under: "Sources") + SourceTree.files(under: "Tests")
        return files ?? []
    }()

    /// All Swift files under a folder, by path; hidden folders, such as builds, are none of ours.
    static func files(under folder: String) throws -> [SourceFile] {
        let base = root + "/" + folder
        let paths = FileManager.default.enumerator(atPath: base)?.compactMap { $0 as? String } ?? []
        return try paths.filter { $0.hasSuffix(".swift") && !("/" + $0).contains("/.") }.sorted().map { path in
            SourceFile(
                path: folder + "/" + path, text: try String(contentsOfFile: base + "/" + path, encoding: .utf8))
        }
    }

    static func text(_ path: String) throws -> String {
        try String(contentsOfFile: root + "/" + path, encoding: .utf8)
    }
}

/// The text with comments and the content of string literals blanked out; line ends stay. It knows nested comments, raw
/// and multi-line strings, and takes interpolations for content: enough to look for words in code.
func codeOnly(_ text: String) -> String {
    enum Mode {
        case code, lineComment
        case blockComment(depth: Int)
        case string(hashes: Int, isMultiline: Bool)
    }
    let characters = Array(text.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(characters.count)
    var mode = Mode.code
    var at = 0
    func matches(_ word: [UInt8], at place: Int) -> Bool {
        guard place + word.count <= characters.count else { return false }
        for (offset, character) in word.enumerated() where characters[place + offset] != character { return false }
        return true
    }
    func skip(_ count: Int) {
        for place in at..<min(at + count, characters.count) {
            result.append(characters[place] == newline ? newline : UInt8(ascii: " "))
        }
        at += count
    }
    while at < characters.count {
        switch mode {
        case .code:
            var hashes = 0
            while at + hashes < characters.count, characters[at + hashes] == UInt8(ascii: "#") { hashes += 1 }
            if matches(lineComment, at: at) {
                mode = .lineComment
            } else if matches(commentBegin, at: at) {
                mode = .blockComment(depth: 1)
                skip(2)
            } else if matches([quote, quote, quote], at: at + hashes) {
                mode = .string(hashes: hashes, isMultiline: true)
                skip(hashes + 3)
            } else if matches([quote], at: at + hashes) {
                mode = .string(hashes: hashes, isMultiline: false)
                skip(hashes + 1)
            } else {
                result.append(characters[at])
                at += 1
            }
        case .lineComment:
            if characters[at] == newline { mode = .code }
            skip(1)
        case .blockComment(let depth):
            if matches(commentBegin, at: at) {
                mode = .blockComment(depth: depth + 1)
                skip(2)
            } else if matches(commentEnd, at: at) {
                mode = depth == 1 ? .code : .blockComment(depth: depth - 1)
                skip(2)
            } else {
                skip(1)
            }
        case .string(let hashes, let isMultiline):
            let marks = [UInt8](repeating: UInt8(ascii: "#"), count: hashes)
            let end = [UInt8](repeating: quote, count: isMultiline ? 3 : 1) + marks
            let escape = [UInt8(ascii: "\\")] + marks
            if matches(end, at: at) {
                mode = .code
                skip(end.count)
            } else if matches(escape, at: at) {
                skip(escape.count + 1)
            } else if characters[at] == newline, !isMultiline {
                mode = .code
                skip(1)
            } else {
                skip(1)
            }
        }
    }
    return String(decoding: result, as: UTF8.self)
}

private let newline = UInt8(ascii: "\n")
private let quote = UInt8(ascii: "\"")
private let lineComment = Array("//".utf8)
private let commentBegin = Array("/*".utf8)
private let commentEnd = Array("*/".utf8)

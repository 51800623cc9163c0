// What browsers get of a script or a style sheet: the source without the comments and the indentation that are for its
// readers, which are a quarter of the first load. Lines stay where they are, so that an error names the line of the
// source.

enum SentSource {
    /// Takes away lines that are nothing but comment, and every line's indentation. A comment behind code stays: to
    /// know it one would have to read the language. A template literal may hold no line that begins like a comment,
    /// which a test looks after.
    static func reduced(_ source: [UInt8]) -> [UInt8] {
        var sent: [UInt8] = []
        sent.reserveCapacity(source.count)
        var isInComment = false
        var isFirst = true
        for line in source.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            if !isFirst { sent.append(UInt8(ascii: "\n")) }
            isFirst = false
            let words = line.drop { $0 == UInt8(ascii: " ") }
            if !isInComment, words.starts(with: Array("//".utf8)) { continue }
            let begins = !isInComment && words.starts(with: Array("/*".utf8))
            guard isInComment || begins else {
                sent += words
                continue
            }
            isInComment = !words.reversed().drop { $0 == UInt8(ascii: " ") }.starts(with: Array("/*".utf8))
        }
        return sent
    }

    /// A style sheet besides loses the blanks that part nothing: behind `:`, `;`, `,` and `{`, and before `{` and `}`. What
    /// stands in quotes stays.
    static func reducedStyle(_ source: [UInt8]) -> [UInt8] {
        let blank = UInt8(ascii: " ")
        let (quote, behind, before) = (UInt8(ascii: "'"), Set(":;,{".utf8), Set("{}".utf8))
        let lines = reduced(source)
        var sent: [UInt8] = []
        sent.reserveCapacity(lines.count)
        var isQuoted = false
        for (index, byte) in lines.enumerated() {
            if byte == quote { isQuoted.toggle() }
            if byte == blank, !isQuoted {
                let isNeedless = sent.last.map(behind.contains) == true
                if isNeedless || lines[index + 1..<min(index + 2, lines.count)].contains(where: before.contains) {
                    continue
                }
            }
            sent.append(byte)
        }
        return sent
    }
}

// The one door through which outside words come onto the screen.

internal import SangdamWire

/// Without control and escape characters; bidi controls are made visible. For one line.
func clean(_ text: String) -> String {
    TerminalText.sanitised(text)
}

/// The lines of somebody's words, each clean. What is past the twentieth stays on one line: a flood of line ends must
/// not push everything else off the screen, and no word may be lost.
func cleanLines(_ text: String) -> [String] {
    var lines = text.split(maxSplits: 19, omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    // A line end at the very end makes no further line.
    if lines.count > 1, lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { line in
        clean(line.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).joined(separator: " ⏎ "))
    }
}

extension String {
    /// For naming a message in a line about it.
    var shortened: String { count > 40 ? prefix(39) + "…" : self }
}

// A line that somebody typed or pasted, as far as customers by hand and agents in the console are read alike: a slash
// makes a command, two make words. What comes along unseen when something is pasted, such as a byte order mark, makes
// neither a command a message nor a command another one: a note for colleagues would reach the customer.

internal import SangdamCore

package enum SlashLine: Sendable, Equatable {
    case command(name: String, rest: String)
    /// Words that begin with a slash: the first of two is taken away.
    case slashedWords(String)
    /// Anything else, as it was typed.
    case words

    package init(_ line: String) {
        let scalars = line.unicodeScalars.drop { $0.isUnseen }
        guard let first = scalars.first, first.isSlash else {
            self = .words
            return
        }
        let rest = scalars.dropFirst().drop { $0.isInvisible }
        if let second = rest.first, second.isSlash {
            self = .slashedWords(String(String.UnicodeScalarView(rest)).trimmedOfBlanks)
            return
        }
        let name = rest.prefix { !$0.properties.isWhitespace }
        self = .command(
            name: String(String.UnicodeScalarView(name.filter { !$0.isInvisible })),
            rest: String(String.UnicodeScalarView(rest[name.endIndex...])).trimmedOfBlanks)
    }
}

extension Unicode.Scalar {
    fileprivate var isUnseen: Bool { properties.isWhitespace || isInvisible }

    /// Also the full-width one, which input methods make.
    fileprivate var isSlash: Bool { self == "/" || self == "／" }
}

extension Character {
    /// A space, or what nobody sees.
    fileprivate var isBlank: Bool {
        isWhitespace || unicodeScalars.allSatisfy(\.isInvisible)
    }
}

extension String {
    /// Without blanks at both ends. A character keeps what belongs to it: an emoji its selector.
    package var trimmedOfBlanks: String {
        guard let first = firstIndex(where: { !$0.isBlank }), let last = lastIndex(where: { !$0.isBlank })
        else { return "" }
        return String(self[first...last])
    }
}

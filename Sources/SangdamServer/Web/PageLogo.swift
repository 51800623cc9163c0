// The organisation's logo: a small PNG or SVG file, read whole when the configuration is, so that a broken one is a
// fault with a line and not a hole in the page. What is served is these bytes and nothing else.
//
// An SVG file is a document that could do more than be a picture. As the page shows it, it is an image, in which nothing
// runs; opened by itself, the policy of every part that is no page allows it nothing. One that even tries is refused all
// the same: somebody should know what lies there.

/// A picture that was read and found whole.
package struct PageLogo: Sendable, Equatable {
    /// So many bytes of the first load may be the organisation's.
    package static let limitBytes = 3_500

    package enum Kind: String, Sendable {
        case png, svg
    }

    package let kind: Kind
    package let bytes: [UInt8]
    /// Width by height.
    let ratio: Double

    /// Why a file is no logo: the end of a sentence that begins with its name.
    package struct Fault: Error, Sendable, Equatable {
        package let what: String

        init(_ what: String) {
            self.what = what
        }
    }

    package init(_ bytes: [UInt8]) throws(Fault) {
        guard bytes.count <= Self.limitBytes else {
            throw Fault("has \(bytes.count) bytes; a logo has at most \(Self.limitBytes)")
        }
        let size: (width: Double, height: Double)
        if bytes.starts(with: PNGFile.signature) {
            kind = .png
            size = try PNGFile.size(bytes)
        } else {
            kind = .svg
            size = try SVGFile.size(bytes)
        }
        self.bytes = bytes
        ratio = size.width / size.height
    }

    /// Under which browsers ask for it.
    var path: String { "/logo." + kind.rawValue }

    var contentType: String {
        switch kind {
        case .png: "image/png"
        case .svg: "image/svg+xml"
        }
    }

    /// A long one does not push the name out of the header.
    var shownRatio: Double { min(max(ratio, 1), 4) }
}

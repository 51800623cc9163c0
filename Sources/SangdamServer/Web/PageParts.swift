// The chat page's files by the path under which browsers ask for them, and its words. The files are part of the binary:
// SwiftPM makes an array of each, named after the file alone, so that a folder's name is written here.
//
// None of them may be shown without asking whether it is still the same: a page and its parts belong together, and the
// answer to that question is a 304 of a few bytes.

internal import SangdamCore
internal import SangdamJSON
internal import SangdamWire

enum PageParts {
    /// Made once, with the entity tags.
    static let all: [String: StaticPart] = {
        var parts: [String: StaticPart] = [:]
        for (type, files) in [
            (html, pages), (script, scripts), (style, styles), (image, images), (picture, pictures),
            (manifest, manifests),
        ] {
            for (path, bytes) in files { parts[path] = StaticPart(sent(bytes, as: type), contentType: type) }
        }
        for (path, bytes) in PageWords.modules() { parts[path] = StaticPart(bytes, contentType: script) }
        return parts
    }()

    private static func sent(_ bytes: [UInt8], as type: String) -> [UInt8] {
        switch type {
        case script: SentSource.reduced(bytes)
        case style: SentSource.reducedStyle(bytes)
        default: bytes
        }
    }

    /// The parts as the organisation's own: with the desk's name, its colour, its greeting and its logo.
    static func all(named desk: Localised, page: PageSettings) -> [String: StaticPart] {
        var parts = all
        name(&parts, desk)
        if page.greeting != nil {
            for (path, bytes) in PageWords.modules(greeting: page.greeting) {
                parts[path] = StaticPart(bytes, contentType: script)
            }
        }
        edit(&parts, "/chat.css") { $0 + page.styles }
        if let accent = page.accents?.light {
            for path in ["/icon.svg", "/manifest.webmanifest", "/widget.js"] {
                edit(&parts, path) {
                    $0.replacing(Self.ownAccent, with: accent.fill.description)
                        .replacing("--accent-ink: #fff", with: "--accent-ink: \(accent.ink)")
                }
            }
        }
        if let logo = page.logo { parts[logo.path] = StaticPart(logo.bytes, contentType: logo.contentType) }
        return parts
    }

    /// The page's colour where the organisation has none; `--accent` of chat.css.
    static let ownAccent = "#1c5fd0"

    /// The manifest is where phones find what to write under the icon. There is one for all languages, so that of
    /// several names it has the first.
    private static func name(_ parts: inout [String: StaticPart], _ desk: Localised) {
        guard let language = Language.allCases.first(where: { desk.byLanguage[$0] != nil }) else { return }
        var name: [UInt8] = []
        JSONWriter.append(to: &name) { writer in writer.string(desk.text(in: language)) }
        edit(&parts, "/manifest.webmanifest") { text in
            text.replacing(#""lang": "ko""#, with: #""lang": "\#(language.rawValue)""#)
                .replacing(#""상담""#, with: String(decoding: name, as: UTF8.self))
        }
    }

    private static func edit(_ parts: inout [String: StaticPart], _ path: String, _ change: (String) -> String) {
        guard let part = parts[path] else { return }
        let text = change(String(decoding: part.body, as: UTF8.self))
        parts[path] = StaticPart(Array(text.utf8), contentType: part.contentType)
    }

    private static let html = "text/html; charset=utf-8"
    private static let script = "text/javascript; charset=utf-8"
    private static let style = "text/css; charset=utf-8"
    private static let image = "image/svg+xml"
    private static let picture = "image/png"
    private static let manifest = "application/manifest+json"

    private typealias Files = KeyValuePairs<String, [UInt8]>

    private static var pages: Files { ["/": PackageResources.index_html] }

    private static var scripts: Files {
        [
            "/acts.js": PackageResources.acts_js,
            "/asks.js": PackageResources.asks_js,
            "/chat.js": PackageResources.chat_js,
            "/conversation.js": PackageResources.conversation_js,
            "/faq.js": PackageResources.faq_js,
            "/inquiries.js": PackageResources.inquiries_js,
            "/link.js": PackageResources.link_js,
            "/phrases.js": PackageResources.phrases_js,
            "/pulse.js": PackageResources.pulse_js,
            "/reading.js": PackageResources.reading_js,
            "/refusals.js": PackageResources.refusals_js,
            "/shell.js": PackageResources.shell_js,
            "/talk.js": PackageResources.talk_js,
            "/transcript.js": PackageResources.transcript_js,
            "/widget.js": PackageResources.widget_js,
            "/words.js": PackageResources.words_js,
            "/view/answers.js": PackageResources.answers_js,
            "/view/closed.js": PackageResources.closed_js,
            "/view/composer.js": PackageResources.composer_js,
            "/view/consent.js": PackageResources.consent_js,
            "/view/contacts.js": PackageResources.contacts_js,
            "/view/delay.js": PackageResources.delay_js,
            "/view/dom.js": PackageResources.dom_js,
            "/view/ended.js": PackageResources.ended_js,
            "/view/files.js": PackageResources.files_js,
            "/view/found.js": PackageResources.found_js,
            "/view/inquiry.js": PackageResources.inquiry_js,
            "/view/intake.js": PackageResources.intake_js,
            "/view/links.js": PackageResources.links_js,
            "/view/log.js": PackageResources.log_js,
            "/view/question.js": PackageResources.question_js,
            "/view/readable.js": PackageResources.readable_js,
            "/view/required.js": PackageResources.required_js,
            "/view/strip.js": PackageResources.strip_js,
            "/view/suggestions.js": PackageResources.suggestions_js,
            "/view/thread.js": PackageResources.thread_js,
            "/view/topics.js": PackageResources.topics_js,
            "/view/writing.js": PackageResources.writing_js,
        ]
    }

    private static var styles: Files {
        ["/chat.css": PackageResources.chat_css, "/talk.css": PackageResources.talk_css]
    }

    private static var images: Files { ["/icon.svg": PackageResources.icon_svg] }

    private static var pictures: Files { ["/apple-touch-icon.png": PackageResources.apple_touch_icon_png] }

    private static var manifests: Files { ["/manifest.webmanifest": PackageResources.manifest_webmanifest] }
}

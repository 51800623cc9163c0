// The kinds of settings: how a value is written, what it may be, and what becomes of it. A range is part of the kind.

internal import SangdamCore
internal import SangdamMail
internal import SangdamProtocol
internal import SangdamWire

/// A kind of setting, for destinations that hold a `Value`.
struct SettingKind<Value>: Sendable {
    let form: SettingValue.Form
    /// What may stand there, for messages.
    let expectation: String
    /// Nil when it is not what is expected.
    let value: @Sendable (SettingValue) -> Value?
    let written: @Sendable (Value) -> SettingValue

    private static func text(
        _ expectation: String, _ value: @escaping @Sendable (String) -> Value?,
        _ written: @escaping @Sendable (Value) -> String
    ) -> Self {
        Self(
            form: .text, expectation: expectation,
            value: { given in
                guard case .text(let text) = given, isPrintable(text) else { return nil }
                return value(text)
            }, written: { .text(written($0)) })
    }

    private static func whole(
        _ expectation: String, _ range: ClosedRange<Int>, _ value: @escaping @Sendable (Int) -> Value,
        _ written: @escaping @Sendable (Value) -> Int
    ) -> Self {
        Self(
            form: .whole, expectation: "\(expectation) from \(range.lowerBound) to \(range.upperBound)",
            value: { given in
                guard case .whole(let number) = given, range.contains(number) else { return nil }
                return value(number)
            }, written: { .whole(written($0)) })
    }

    private static func number<Bound: CustomStringConvertible>(
        _ expectation: String, _ range: ClosedRange<Bound>, _ within: ClosedRange<Double>,
        _ value: @escaping @Sendable (Double) -> Value, _ written: @escaping @Sendable (Value) -> Double
    ) -> Self {
        Self(
            form: .number, expectation: "\(expectation) from \(range.lowerBound) to \(range.upperBound)",
            value: { given in
                guard case .number(let number) = given, within.contains(number) else { return nil }
                return value(number)
            }, written: { .number(written($0)) })
    }
}

extension SettingKind<String> {
    static var text: Self { text("a text", { $0.isEmpty ? nil : $0 }, { $0 }) }
}

extension SettingKind<String?> {
    /// Empty: not set.
    static var optionalText: Self { text("a text", { .some($0.isEmpty ? nil : $0) }, { $0 ?? "" }) }
}

extension SettingKind<HostPort> {
    static var address: Self {
        text("HOST:PORT, such as 127.0.0.1:8443 or [::1]:8443", { HostPort($0) }, \.description)
    }
}

extension SettingKind where Value: RawRepresentable<String> & CaseIterable & Sendable {
    /// One of the words of a choice.
    static var choice: Self {
        text(
            Value.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", "), { Value(rawValue: $0) }, \.rawValue)
    }
}

extension SettingKind<MailServer?> {
    /// Empty: none.
    static var mailServer: Self {
        text(
            "a mail server, such as `smtp://mail.example.com:587` or `smtps://mail.example.com:465`",
            { $0.isEmpty ? .some(nil) : MailServer($0).map { .some($0) } }, { $0?.description ?? "" })
    }
}

extension SettingKind<EmailAddress?> {
    /// Empty: none.
    static var emailAddress: Self {
        text(
            "an e-mail address, such as `desk@example.com`",
            { $0.isEmpty ? .some(nil) : EmailAddress($0).map { .some($0) } }, { $0?.text ?? "" })
    }
}

extension SettingKind<[WebOrigin]> {
    /// Web sites, with spaces between them; empty: none.
    static var origins: Self {
        text(
            "web sites with spaces between, such as `https://www.example.com`", { eachWord(of: $0, WebOrigin.init) },
            { $0.map(\.description).joined(separator: " ") })
    }
}

extension SettingKind<[HostName]> {
    /// Host names, with spaces between them; empty: none.
    static var hosts: Self {
        text(
            "host names without ports, with spaces between, such as `chat-1.internal`",
            { eachWord(of: $0, HostName.init) }, { $0.map(\.text).joined(separator: " ") })
    }
}

extension SettingKind<Bool> {
    static var truth: Self {
        Self(
            form: .truth, expectation: "true or false",
            value: { if case .truth(let truth) = $0 { truth } else { nil } }, written: { .truth($0) })
    }
}

extension SettingKind<Int> {
    static func whole(_ range: ClosedRange<Int>) -> Self { whole("a whole number", range, { $0 }, { $0 }) }

    /// Seconds, for a part that counts in milliseconds.
    static func seconds(_ range: ClosedRange<Int>) -> Self {
        seconds(range, { Int($0.milliseconds) }, { Interval(milliseconds: Int64($0)) })
    }
}

extension SettingKind<Interval> {
    static func seconds(_ range: ClosedRange<Int>) -> Self { seconds(range, { $0 }, { $0 }) }

    static func milliseconds(_ range: ClosedRange<Int>) -> Self {
        whole("whole milliseconds", range, { Interval(milliseconds: Int64($0)) }, { Int($0.milliseconds) })
    }

    static func hours(_ range: ClosedRange<Int>) -> Self { whole("whole hours", range, ofSeconds: 3600) }

    static func days(_ range: ClosedRange<Int>) -> Self { whole("whole days", range, ofSeconds: 86_400) }

    private static func whole(_ expectation: String, _ range: ClosedRange<Int>, ofSeconds unit: Int) -> Self {
        whole(
            expectation, range, { .seconds(Int64($0) * Int64(unit)) }, { Int($0.milliseconds / 1000) / unit })
    }
}

extension SettingKind<Double> {
    static func number(_ range: ClosedRange<Double>) -> Self { number("a number", range, range, { $0 }, { $0 }) }
}

extension SettingKind {
    /// A number of seconds, with up to three decimals.
    private static func seconds(
        _ range: ClosedRange<Int>, _ value: @escaping @Sendable (Interval) -> Value,
        _ written: @escaping @Sendable (Value) -> Interval
    ) -> Self {
        number(
            "seconds", range, Double(range.lowerBound)...Double(range.upperBound),
            { value(Interval(milliseconds: Int64(($0 * 1000).rounded()))) }, { written($0).seconds })
    }
}

private func isPrintable(_ text: String) -> Bool {
    text.utf8.count <= 4096 && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
}

/// Nil when one of the words is none.
private func eachWord<Value>(of text: String, _ value: (String) -> Value?) -> [Value]? {
    let words = text.split(separator: " ")
    let values = words.compactMap { value(String($0)) }
    return values.count == words.count ? values : nil
}

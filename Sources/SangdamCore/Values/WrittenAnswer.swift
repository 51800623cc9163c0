// Days and sums of money as people write them: generous, because whoever reads them is a person too. What is caught is
// an answer that cannot be one.

/// Whether it can name a day: it holds a digit (`2026-11-30`, `11월 30일`, `3 days ago`) or a word for a day (`어제`,
/// `last Friday`). Of the form year, month, day it must be a day of the calendar.
package func isWrittenDay(_ text: String) -> Bool {
    let numbers = numbers(in: text)
    // A time of day may come first, too: `2030 28 Nov 2026`. Then a year stands further on.
    if numbers.count >= 3, isYear(numbers[0]), !numbers.dropFirst().contains(where: isYear) {
        let (year, month, day) = (numbers[0].value, numbers[1].value, numbers[2].value)
        guard (1...12).contains(month) else { return false }
        return (1...daysOfMonth(month, of: year)).contains(day)
    }
    if !numbers.isEmpty { return true }
    let small = text.lowercased()
    return dayWords.contains { small.contains($0) }
}

/// Whether it can be a sum: at least one digit, and beside digits, separators and multipliers (`만`, `천`) nothing but a
/// currency or a word like *about*: `45,000원`, `USD 12.50`, `3만 5천원`, `약 3만`. Beside a currency a few words of any
/// kind may stand, because the answer is kept as it was written: `$45 each`, `어제 45,000원 정도`.
package func isWrittenAmount(_ text: String) -> Bool {
    var words: [(text: String, isBehindNumber: Bool)] = []
    var isInWord = false
    var hasNumber = false
    var standsByCurrency = false
    /// Whether a digit has come since the last word.
    var isBehindNumber = false
    for scalar in text.lowercased().unicodeScalars {
        if digit(scalar) != nil {
            if !isBehindNumber, let word = words.last?.text {
                standsByCurrency = standsByCurrency || currencies.contains { ends(word, with: $0) }
            }
            (hasNumber, isBehindNumber, isInWord) = (true, true, false)
        } else if betweenDigits.contains(scalar) {
            isInWord = false
        } else if isInWord {
            words[words.count - 1].text.unicodeScalars.append(scalar)
        } else {
            words.append((String(scalar), isBehindNumber))
            (isBehindNumber, isInWord) = (false, true)
        }
    }
    guard hasNumber else { return false }
    standsByCurrency =
        standsByCurrency
        || words.contains { word in
            word.isBehindNumber && currencies.contains { begins(word.text, with: $0) }
        }
    if standsByCurrency { return words.count <= amountWordLimit }
    return words.allSatisfy { word in aboutWords.contains { begins(word.text, with: $0) } }
}

/// Those of a sum with its currency; who writes more is telling something.
private let amountWordLimit = 6

/// Beside a number they leave it a sum, also without a currency.
private let aboutWords = [
    "약", "대략", "한", "총", "합계", "각", "정도", "쯤", "가량", "~", "≈", "about", "around", "roughly", "approx",
    "approximately", "total", "each", "約", "合計", "各", "ほど", "くらい", "ぐらい", "约", "大约", "大概", "左右", "总共",
]

/// The word, and not another one that goes on with Latin letters: `won`, not `wonderful`.
private func begins(_ text: String, with word: String) -> Bool {
    text.hasPrefix(word) && !(isLatin(word.last) && isLatin(text.dropFirst(word.count).first))
}

private func ends(_ text: String, with word: String) -> Bool {
    text.hasSuffix(word) && !(isLatin(word.first) && isLatin(text.dropLast(word.count).last))
}

private func isLatin(_ character: Character?) -> Bool { character.map { $0.isASCII && $0.isLetter } ?? false }

private let dayWords = [
    "오늘", "어제", "그제", "그저께", "엊그제", "방금", "지금", "요일", "주말", "지난", "아침", "저녁", "새벽", "오전", "오후", "어젯밤",
    "today", "yesterday", "just now", "right now", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
    "sunday",
    "week", "month", "morning", "afternoon", "evening", "night", "ago",
    "今日", "昨日", "一昨日", "おととい", "きのう", "きょう", "曜", "先週", "先月", "今朝", "昨夜", "さっき",
    "今天", "昨天", "前天", "星期", "周", "上个月", "刚才", "昨晚", "早上", "晚上",
]

private let currencies: Set<String> = [
    "원", "₩", "krw", "won", "$", "usd", "us$", "dollar", "dollars", "달러", "€", "eur", "euro", "euros", "유로", "£", "gbp",
    "¥", "￥", "jpy", "yen", "円", "엔", "cny", "rmb", "元", "块", "圆", "人民币", "위안", "￦",
]

/// Separators, blanks and multipliers.
private let betweenDigits = Set(",.'’，．、 \u{A0}\u{3000}십백천만억十百千万億亿".unicodeScalars)

/// The runs of digits, ASCII and full-width; a value counts as far as nine digits go.
private func numbers(in text: String) -> [(value: Int, digits: Int)] {
    var numbers: [(value: Int, digits: Int)] = []
    var isInside = false
    for scalar in text.unicodeScalars {
        guard let digit = digit(scalar) else {
            isInside = false
            continue
        }
        if !isInside { numbers.append((0, 0)) }
        isInside = true
        let last = numbers.count - 1
        if numbers[last].digits < 9 { numbers[last].value = numbers[last].value * 10 + digit }
        numbers[last].digits += 1
    }
    return numbers
}

/// Whether a run of digits can be a year, and not a time of day: `2026`, not `0930`.
private func isYear(_ number: (value: Int, digits: Int)) -> Bool {
    number.digits == 4 && (1900...2199).contains(number.value)
}

private func digit(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar.value {
    case 0x30...0x39: Int(scalar.value - 0x30)
    case 0xFF10...0xFF19: Int(scalar.value - 0xFF10)
    default: nil
    }
}

private func daysOfMonth(_ month: Int, of year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
}

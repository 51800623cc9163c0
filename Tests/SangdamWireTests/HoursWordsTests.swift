// When something opens, as people say it in each language by the desk's clock.

import SangdamCore
import Testing

@testable import SangdamWire

@Suite struct HoursWordsTests {
    /// Sunday 2026-11-22 17:00 in Korea.
    private static let now = Instant(milliseconds: 1_795_334_400_000)
    private static let korea = Timetable(offsets: [UTCOffset(since: now, minutesEastOfUTC: 540)])

    private static func time(_ text: String) -> LocalTime {
        let at = Instant(rfc3339: Array("\(text):00.000Z".utf8)) ?? now
        // The text is the time in Korea.
        return LocalTime(at + .seconds(-9 * 3600), seenAt: now, korea)
    }

    @Test(
        arguments: [
            ("2026-11-22T18:00", "오늘 오후 6시에 열려요", "Opens today at 6 PM", "本日午後6時から受け付けます", "今天下午6点开始服务"),
            ("2026-11-23T09:00", "내일 오전 9시에 열려요", "Opens tomorrow at 9 AM", "明日午前9時から受け付けます", "明天上午9点开始服务"),
            (
                "2026-11-24T08:05", "화요일 오전 8시 05분에 열려요", "Opens on Tuesday at 8:05 AM",
                "火曜日午前8時05分から受け付けます", "星期二上午8点05分开始服务"
            ),
            (
                "2026-11-28T13:30", "토요일 오후 1시 30분에 열려요", "Opens on Saturday at 1:30 PM",
                "土曜日午後1時30分から受け付けます", "星期六下午1点30分开始服务"
            ),
            (
                "2026-11-29T12:00", "11월 29일 낮 12시에 열려요", "Opens on November 29 at noon", "11月29日正午から受け付けます",
                "11月29号中午12点开始服务"
            ),
            (
                "2027-01-01T00:00", "1월 1일 0시에 열려요", "Opens on January 1 at 12 AM", "1月1日0時から受け付けます",
                "1月1号零点开始服务"
            ),
        ])
    func opens(_ at: String, _ korean: String, _ english: String, _ japanese: String, _ chinese: String) {
        let time = Self.time(at)
        #expect(Phrases.korean.opens(time) == korean)
        #expect(Phrases.english.opens(time) == english)
        #expect(Phrases.japanese.opens(time) == japanese)
        #expect(Phrases.chinese.opens(time) == chinese)
    }
}

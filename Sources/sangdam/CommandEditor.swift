// Who gives a command, for the journal.

import Foundation
import SangdamCore
import SangdamServer

/// The one who called sudo, if this is a process of root's; otherwise its user.
func commandEditor() -> AccountEditor {
    let caller = getuid() == 0 ? ProcessInfo.processInfo.environment["SUDO_USER"] : nil
    let name = caller ?? NSUserName()
    let isName =
        (1...AccountEdit.authorLimitBytes).contains(name.utf8.count)
        && name.utf8.allSatisfy { (0x21..<0x7F).contains($0) }
    return AccountEditor(
        name: Text(isName ? name : "uid \(getuid())"), now: Instant(milliseconds: DeskClock.wallClock()))
}

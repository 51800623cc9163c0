// The account file, DATA/accounts.json. A change is a whole new file: written aside, flushed, renamed over the old one,
// and the folder flushed, under a lock, so that neither a crash nor two commands at once can lose an account. The file
// is read only when nobody but its owner can read it.

internal import Glibc
package import SangdamCore

/// Who gives a command, and when.
package struct AccountEditor: Sendable {
    package let name: Text
    package let now: Instant

    package init(name: Text, now: Instant) {
        self.name = name
        self.now = now
    }
}

/// The accounts of one data folder.
package struct AccountStore: Sendable {
    /// What `stat` says of the file; another value means another content or another mode.
    package struct Version: Sendable, Hashable {
        // The time of the last change of any kind, which nobody can set: the mode's too.
        let seconds: Int
        let nanoseconds: Int
        let size: Int
        let inode: UInt

        init(_ status: stat) {
            seconds = status.st_ctim.tv_sec
            nanoseconds = status.st_ctim.tv_nsec
            size = Int(status.st_size)
            inode = UInt(status.st_ino)
        }
    }

    package let directory: String
    package var path: String { directory + "/accounts.json" }
    private var lockPath: String { directory + "/accounts.lock" }
    private var temporaryPath: String { directory + "/accounts.json.new" }

    private static let fileLimitBytes = 16 << 20
    /// Between two looks at a lock that another program holds.
    private static let lockPauseMicroseconds: UInt32 = 10_000

    private let lockPatience: Duration

    /// - Parameter lockPatience: how long a change waits for a program that has locked the accounts
    ///   (Limits.md#HTTP-and-WebSocket).
    package init(directory: String, lockPatience: Duration = .seconds(2)) {
        self.directory = directory
        self.lockPatience = lockPatience
    }

    // MARK: Reading

    /// All accounts by name; none when there is no file yet.
    package func list() throws(AccountError) -> [Account] {
        try load().content.accounts
    }

    /// What the file holds, and the version of the file that it was read from.
    func load() throws(AccountError) -> (content: AccountFile.Content, version: Version?) {
        let bytes: [UInt8]
        let status: stat
        do {
            (bytes, status) = try readFile(path, limitBytes: Self.fileLimitBytes)
        } catch {
            if error.code == ENOENT { return (AccountFile.Content(), nil) }
            throw .system(path: path, code: error.code, "cannot be read: \(error)")
        }
        let mode = UInt32(status.st_mode) & 0o777
        guard mode & 0o077 == 0 else { throw .unsafeMode(path: path, mode: mode) }
        do {
            return (try AccountFile.decode(bytes), Version(status))
        } catch {
            throw .damaged(path: path, error.description)
        }
    }

    /// For whoever knows that there was a file.
    var isGone: AccountError { .system(path: path, code: ENOENT, "is gone; the accounts that were read stay in force") }

    /// The file's version now; nil when there is none.
    package func version() -> Version? {
        var status = stat()
        return stat(path, &status) == 0 ? Version(status) : nil
    }

    // MARK: Changing

    package func add(_ account: Account, by editor: AccountEditor) throws(AccountError) {
        try change(.added, of: account.name, by: editor) { (accounts: inout [Account]) throws(AccountError) in
            guard !accounts.contains(where: { $0.name == account.name }) else { throw .exists(account.name) }
            accounts.append(account)
        }
    }

    package func remove(_ name: AgentName, by editor: AccountEditor) throws(AccountError) {
        try change(.removed, of: name, by: editor) { (accounts: inout [Account]) throws(AccountError) in
            accounts.remove(at: try Self.index(of: name, in: accounts))
        }
    }

    package func setPassword(_ hash: PasswordHash, of name: AgentName, by editor: AccountEditor) throws(AccountError) {
        try change(.password, of: name, by: editor) { (accounts: inout [Account]) throws(AccountError) in
            accounts[try Self.index(of: name, in: accounts)].password = hash
        }
    }

    /// Locks or unlocks; one that stands so already is left as it is.
    package func setLocked(_ isLocked: Bool, _ name: AgentName, by editor: AccountEditor) throws(AccountError) {
        try change(isLocked ? .locked : .unlocked, of: name, by: editor) {
            (accounts: inout [Account]) throws(AccountError) in
            accounts[try Self.index(of: name, in: accounts)].isLocked = isLocked
        }
    }

    /// Role, skills, languages, capacity.
    package func edit(
        _ name: AgentName, by editor: AccountEditor, _ body: (inout Account) -> Void
    ) throws(AccountError) -> Account {
        var edited: Account?
        try change(.edited, of: name, by: editor) { (accounts: inout [Account]) throws(AccountError) in
            let index = try Self.index(of: name, in: accounts)
            body(&accounts[index])
            edited = accounts[index]
        }
        guard let edited else { preconditionFailure("an edit that succeeded edited nothing") }
        return edited
    }

    private static func index(of name: AgentName, in accounts: [Account]) throws(AccountError) -> Int {
        guard let index = accounts.firstIndex(where: { $0.name == name }) else { throw .unknown(name.text) }
        return index
    }

    private func change(
        _ change: AccountChange, of name: AgentName, by editor: AccountEditor,
        _ edit: (inout [Account]) throws(AccountError) -> Void
    ) throws(AccountError) {
        try makeDirectory()
        let lock = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard lock >= 0 else { throw systemError(lockPath, "cannot be opened") }
        // Closing gives the lock back, also when the process dies.
        defer { close(lock) }
        try waitForLock(lock)
        var content = try load().content
        let before = content.accounts
        try edit(&content.accounts)
        guard content.accounts != before else { return }
        content.accounts.sort { $0.name < $1.name }
        let mark = AccountEditMark(number: (content.edits.last?.mark.number ?? 0) &+ 1, given: editor.now)
        content.edits.append(AccountEdit(mark: mark, account: name, change: change, by: editor.name))
        content.edits = content.edits.suffix(AccountFile.Content.editLimit)
        try replaceFile(AccountFile.encode(content))
    }

    /// Bounded, so that a program that hangs with the lock cannot make the server hang, too. `flock` itself has no bound.
    private func waitForLock(_ lock: Int32) throws(AccountError) {
        let end = ContinuousClock.now + lockPatience
        while flock(lock, LOCK_EX | LOCK_NB) != 0 {
            switch errno {
            case EINTR: continue
            case EWOULDBLOCK:
                guard ContinuousClock.now < end else { throw .busy(path: lockPath) }
                usleep(Self.lockPauseMicroseconds)
            default: throw systemError(lockPath, "cannot be locked")
            }
        }
    }

    private func makeDirectory() throws(AccountError) {
        guard mkdir(directory, 0o700) != 0, errno != EEXIST else { return }
        throw systemError(directory, "cannot be made")
    }

    private func replaceFile(_ bytes: [UInt8]) throws(AccountError) {
        // What an interrupted command left behind is nobody's: we hold the lock.
        unlink(temporaryPath)
        let file = open(temporaryPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw systemError(temporaryPath, "cannot be written") }
        var isClosed = false
        defer { if !isClosed { close(file) } }
        // The mode asked for above is subject to the umask, which may take but never give.
        guard fchmod(file, 0o600) == 0 else { throw systemError(temporaryPath, "cannot be protected") }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw systemError(temporaryPath, "cannot be written") }
            written += count
        }
        guard fsync(file) == 0 else { throw systemError(temporaryPath, "cannot be flushed") }
        isClosed = true
        guard close(file) == 0 else { throw systemError(temporaryPath, "cannot be closed") }
        guard rename(temporaryPath, path) == 0 else { throw systemError(path, "cannot be replaced") }
        let folder = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw systemError(directory, "cannot be opened") }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw systemError(directory, "cannot be flushed") }
    }

    private func systemError(_ path: String, _ what: String) -> AccountError {
        let code = errno
        return .system(path: path, code: code, "\(what): \(systemMessage(code))")
    }
}

/// Whether the system said no, rather than that it could not.
func isPermissionError(_ code: Int32) -> Bool {
    code == EACCES || code == EPERM || code == EROFS
}

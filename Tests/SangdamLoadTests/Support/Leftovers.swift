// What must not outlive the test run: folders, and processes by their own numbers.

import Foundation
import Synchronization

final class Leftovers: Sendable {
    static let shared = Leftovers()

    private struct State {
        var folders: [String] = []
        var processes: Set<pid_t> = []
    }

    private let state = Mutex(State())

    private init() {
        atexit { Leftovers.shared.clear() }
    }

    func add(_ folder: String) {
        state.withLock { $0.folders.append(folder) }
    }

    func add(process: pid_t) {
        state.withLock { _ = $0.processes.insert(process) }
    }

    func remove(process: pid_t) {
        state.withLock { _ = $0.processes.remove(process) }
    }

    private func clear() {
        let left = state.withLock { $0 }
        for process in left.processes { kill(process, SIGKILL) }
        for folder in left.folders { try? FileManager.default.removeItem(atPath: folder) }
    }
}

// Every connection takes a file descriptor, and a login shell gives a program 1,024 of them.

internal import Glibc

/// How many file descriptors the process may have at once now: the soft limit; `Int.max` when there is none.
package func descriptorLimit() -> Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return .max }
    return Int(clamping: limit.rlim_cur)
}

/// How many the process may have at once after `raiseDescriptorLimit`: the hard limit.
package func highestDescriptorLimit() -> Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return .max }
    return Int(clamping: limit.rlim_max)
}

/// Raises the process's soft limit of file descriptors to the hard one, which only the system's owner can raise. Call
/// it once at start. A limit that cannot be raised stays; connections beyond it are refused at accept.
package func raiseDescriptorLimit() {
    var limit = rlimit()
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    guard getrlimit(resource, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
    limit.rlim_cur = limit.rlim_max
    _ = setrlimit(resource, &limit)
}

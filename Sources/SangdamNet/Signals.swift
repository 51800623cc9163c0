// The one process-wide setting that sockets need.

internal import Glibc

/// Makes writes to a broken pipe or socket an error instead of the end of the process. Our own sends never raise the
/// signal; this is for everything else that writes (terminals, libraries). Call it once at start.
package func ignoreBrokenPipeSignals() {
    signal(SIGPIPE, SIG_IGN)
}

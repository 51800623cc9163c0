// What every use of GMime needs: it is made ready once, and its memory is copied out.

internal import CGMime

/// Before the first call of GMime; further calls do nothing.
func startGMime() { _ = isStarted }

private let isStarted: Bool = {
    g_mime_init()
    return true
}()

/// What was written to the stream, which is one in memory.
func memory(of stream: OpaquePointer?) -> [UInt8] {
    guard let array = sangdam_memory(stream), let data = array.pointee.data else { return [] }
    return Array(UnsafeBufferPointer(start: data, count: Int(array.pointee.len)))
}

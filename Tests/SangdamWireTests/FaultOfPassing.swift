// Whether bytes are JSON throughout: for tests of the reader and of what writes.

import SangdamJSON

/// Passes a whole text by `skipValue`, so that everything is checked and nothing is kept.
func faultOfPassing(_ bytes: [UInt8], depthLimit: Int = 16) -> JSONFault? {
    bytes.withUnsafeBytes { buffer -> JSONFault? in
        var reader = JSONReader(buffer, depthLimit: depthLimit)
        do throws(JSONFault) {
            try reader.skipValue()
            try reader.end()
            return nil
        } catch {
            return error
        }
    }
}

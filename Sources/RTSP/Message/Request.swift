/// A request of either side (RFC 2326 §6).
struct Request: Hashable, Sendable {
    enum Method: String, Sendable, CaseIterable {
        case options = "OPTIONS"
        case describe = "DESCRIBE"
        case setup = "SETUP"
        case play = "PLAY"
        case getParameter = "GET_PARAMETER"
        case teardown = "TEARDOWN"
        // Only ever sent to us.
        case announce = "ANNOUNCE"
        case redirect = "REDIRECT"
        case setParameter = "SET_PARAMETER"
        case pause = "PAUSE"
        case record = "RECORD"
    }

    var method: Method
    var address: String
    var headers = Headers()

    /// The message as it goes over the wire.
    func encoded() -> [UInt8] {
        var text = "\(method.rawValue) \(address) RTSP/1.0\r\n"
        for field in headers.fields { text += "\(field.name): \(field.value)\r\n" }
        return Array((text + "\r\n").utf8)
    }
}

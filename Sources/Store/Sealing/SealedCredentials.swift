import Domain

/// A camera's user name and password as they lie in its row.
///
/// Inside the seal: the user name's length in bytes (4, big-endian), the user name, the password. The camera's id is
/// bound into the seal, so that one camera's credentials can't be moved to another's row.
extension SealingKey {
    func seal(_ credentials: Credentials, for camera: CameraID) throws -> [UInt8] {
        let user = Array(credentials.user.utf8)
        let length = (0..<4).map { UInt8(truncatingIfNeeded: user.count >> (24 - 8 * $0)) }
        return try seal(length + user + Array(credentials.password.reveal().utf8), purpose: "camera/\(camera)")
    }

    func openCredentials(_ sealed: [UInt8], for camera: CameraID) throws(StoreError) -> Credentials {
        guard let bytes = open(sealed, purpose: "camera/\(camera)"), bytes.count >= 4 else {
            throw StoreError(.wrongKey, doing: "reading the credentials of camera \(camera)")
        }
        let length = bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        let rest = bytes.dropFirst(4)
        guard length <= rest.count else {
            throw StoreError(.wrongKey, doing: "reading the credentials of camera \(camera)")
        }
        return Credentials(
            user: String(decoding: rest.prefix(length), as: UTF8.self),
            password: Secret(String(decoding: rest.dropFirst(length), as: UTF8.self)))
    }
}

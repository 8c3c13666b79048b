import Foundation

/// A certificate for 127.0.0.1 that signs itself, made by openssl.
public struct TestCertificate: Sendable {
    /// PEM.
    public let path: String
    public let keyPath: String
    private let folder: TemporaryDirectory

    public static func make() async throws -> TestCertificate {
        let folder = try TemporaryDirectory()
        let certificate = TestCertificate(
            path: folder.file("certificate.pem"), keyPath: folder.file("key.pem"), folder: folder)
        let result = try await ChildProcess.run([
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
            "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost", "-keyout",
            certificate.keyPath, "-out", certificate.path,
        ])
        guard result.ending.isSuccess else { throw CannotMake(words: result.errors) }
        return certificate
    }

    struct CannotMake: Error {
        let words: String
    }
}

enum Base64 {
    static func decoded(_ text: String) -> [UInt8] { Data(base64Encoded: text).map { Array($0) } ?? [] }
}

import NIOSSL

/// Two contexts for all cameras: one takes a megabyte and tens of milliseconds to make.
enum TLSContexts {
    private static let verifying = Result { try NIOSSLContext(configuration: .makeClientConfiguration()) }

    private static let trusting = Result {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .none
        // Cameras that are never updated speak nothing newer; whoever accepts any certificate loses nothing by it.
        configuration.minimumTLSVersion = .tlsv1
        return try NIOSSLContext(configuration: configuration)
    }

    static func context(verifies: Bool) throws -> NIOSSLContext {
        try (verifies ? verifying : trusting).get()
    }
}

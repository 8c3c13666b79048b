import Hummingbird

/// Header fields that the HTTP types don't name.
extension HTTPFields.Element.Name {
    /// draft-ietf-httpapi-idempotency-key-header.
    static let idempotencyKey = Self("Idempotency-Key")!
    /// The answer was given before, and nothing was done this time.
    static let idempotencyReplayed = Self("Idempotency-Replayed")!
    /// A file's name, percent-encoded UTF-8.
    static let fileName = Self("X-File-Name")!
    /// Why a program opens recordings: `inspection`, or `case; number=12; note=…` with the note percent-encoded.
    static let viewingReason = Self("X-Viewing-Reason")!
    static let forwardedFor = Self("X-Forwarded-For")!
    static let fetchSite = Self("Sec-Fetch-Site")!
    static let contentTypeOptions = Self("X-Content-Type-Options")!
    static let frameOptions = Self("X-Frame-Options")!
    static let referrerPolicy = Self("Referrer-Policy")!
    static let permissionsPolicy = Self("Permissions-Policy")!
    /// Tells a proxy (nginx) to pass on what comes as it comes.
    static let accelBuffering = Self("X-Accel-Buffering")!
    /// Bytes that an export will have, nearly.
    static let estimatedLength = Self("X-Estimated-Content-Length")!
}

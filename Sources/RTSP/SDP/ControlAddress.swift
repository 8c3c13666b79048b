/// Resolves `a=control` (RFC 2326 §C.1.1).
enum ControlAddress {
    /// - Parameter base: `Content-Base`, else `Content-Location`, else the address that was described.
    ///
    /// A relative value is appended to the base, query and all, as cameras expect it: RFC 3986's rule of replacing the
    /// last path component loses the stream's name on most of them.
    static func resolve(_ control: String?, base: String) -> String {
        guard let control, !control.isEmpty, control != "*" else { return base }
        if control.hasPrefixIgnoringCase("rtsp://") || control.hasPrefixIgnoringCase("rtsps://") { return control }
        let relative = control.drop { $0 == "/" }
        return base.hasSuffix("/") ? base + relative : base + "/" + relative
    }
}

public import ArgumentParser
public import Domain

extension Camera.Transport: ExpressibleByArgument {}
extension Camera.Client: ExpressibleByArgument {}
extension Area.Kind: ExpressibleByArgument {}
extension Identifier: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

/// Reads an address that somebody typed at the command line.
func readAddress(_ typed: String) throws -> (address: SourceAddress, credentials: Credentials?) {
    do throws(SourceAddress.ParseError) {
        return try SourceAddress.parse(typed)
    } catch {
        let reason =
            switch error {
            case .empty: "it is empty"
            case .unknownScheme(let scheme): "“\(scheme)” is none of rtsp, rtsps, file, sim"
            case .missingHost: "it names no host"
            case .badPort(let port): "“\(port)” is no port (1…65535)"
            case .controlCharacter: "it holds a line break or another control character"
            }
        throw ValidationError("the address can't be used: \(reason)")
    }
}

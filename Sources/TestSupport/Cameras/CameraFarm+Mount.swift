public import Domain

extension CameraFarm {
    /// One camera of the farm.
    public struct Mount: Sendable {
        public enum Content: Sendable {
            case clip(Clip)
            /// An H.264, H.265, MPEG-4 or JPEG video, in MP4 or raw; raw ones without B pictures.
            case file(String)
        }

        public enum Authentication: String, Sendable {
            case digest
            case basic
        }

        public enum ParameterSets: Sendable {
            /// In the session description, and again in the stream before each keyframe.
            case beforeKeyframes
            /// The payloader adds none to those that the clip itself holds.
            case inSDPOnly
        }

        /// `/cooking`
        public var path: String
        public var content: Content
        /// nil = open to everybody. Different mounts may have different ones.
        public var credentials: Credentials?
        /// The scheme that the server offers.
        public var authentication = Authentication.digest
        public var transports: Set<Camera.Transport> = [.tcp, .udp]
        /// RTSPS, on a port of its own, with a certificate that signs itself.
        public var isSecure = false
        /// Viewers see the same moment, as at a real camera, and a later one starts between keyframes;
        /// not shared: each starts at the clip's beginning.
        public var isShared = true
        /// Mounts with the same name are fed by one pipeline, so that hundreds of them cost only their packets.
        /// nil = a pipeline for this mount alone. All mounts of a pipeline must have the same content.
        public var pipeline: String?
        public var parameterSets = ParameterSets.beforeKeyframes

        public init(_ path: String, _ clip: Clip, credentials: Credentials? = nil) {
            self.path = path
            content = .clip(clip)
            self.credentials = credentials
        }

        public init(_ path: String, file: String, credentials: Credentials? = nil) {
            self.path = path
            content = .file(file)
            self.credentials = credentials
        }
    }
}

extension Credentials {
    /// What test cameras ask for.
    public static let farm = Credentials(user: "viewer", password: Secret("kitchen-7Q"))
}

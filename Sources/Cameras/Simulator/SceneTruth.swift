/// What a simulated picture really shows: ground truth for tests and for training.
public struct SceneTruth: Sendable, Hashable {
    /// Whole pixels of the picture; never empty, never beyond its edges.
    public struct Box: Sendable, Hashable {
        public var x: Int
        public var y: Int
        public var width: Int
        public var height: Int
    }

    /// Something of which at least a pixel can be seen.
    public struct Sight: Sendable, Hashable {
        /// Around what can be seen of it.
        public var box: Box
        /// The share of it, as the camera would see it alone in the room, that nothing hides: above 0…1.
        public var visibility: Double
    }

    public struct Person: Sendable, Hashable {
        /// 0 ..< the number of people; the same person for as long as the scene runs.
        public var id: Int
        public var body: Sight
        /// With hat and hair; nil when hidden.
        public var head: Sight?
        public var wearsHat: Bool
        public var wearsMask: Bool
        /// The cosine of the angle between where the face looks and the camera: above 0.3 a mask can be told, below 0 it is the back of the head.
        public var facing: Double
        /// Whether a phone is in use, seen or not.
        public var usesPhone: Bool
        /// The phone, where it can be seen.
        public var phone: Sight?
    }

    public var people: [Person] = []
    public var rodents: [Sight] = []
    public var insects: [Sight] = []

    /// Nobody and nothing is to be seen.
    public var isEmpty: Bool { people.isEmpty && rodents.isEmpty && insects.isEmpty }
}

public import Domain

/// Somebody in one picture: a body, a head, or both that belong together.
public struct PersonSighting: Sendable, Hashable {
    public struct Part: Sendable, Hashable {
        public var box: PictureBox
        /// 0…1.
        public var score: Double

        public init(box: PictureBox, score: Double) {
            self.box = box
            self.score = score
        }
    }

    public var body: Part?
    public var head: Part?

    /// What is followed: the body, or for a head over a counter the place where the body must be.
    public var box: PictureBox {
        if let body { return body.box }
        guard let head = head?.box else { return PictureBox(x: 0, y: 0, width: 0, height: 0) }
        return PictureBox(
            x: head.x - head.width * 0.75, y: head.y, width: head.width * 2.5, height: head.height * 5
        ).clipped
    }

    public var score: Double { max(body?.score ?? 0, head?.score ?? 0) }

    /// Puts heads on bodies: each head to the body in whose upper part it lies best, one head to a body.
    public static func pair(bodies: [Part], heads: [Part]) -> [PersonSighting] {
        var people = bodies.map { PersonSighting(body: $0, head: nil) }
        var candidates: [(body: Int, head: Int, fit: Double)] = []
        for (headIndex, head) in heads.enumerated() {
            for (bodyIndex, body) in bodies.enumerated() {
                let fit = Self.fit(of: head.box, on: body.box)
                if fit > 0 { candidates.append((bodyIndex, headIndex, fit)) }
            }
        }
        candidates.sort { ($0.fit, $1.head, $1.body) > ($1.fit, $0.head, $0.body) }
        var placed = Set<Int>()
        for candidate in candidates where people[candidate.body].head == nil && !placed.contains(candidate.head) {
            people[candidate.body].head = heads[candidate.head]
            placed.insert(candidate.head)
        }
        for (index, head) in heads.enumerated() where !placed.contains(index) {
            people.append(PersonSighting(body: nil, head: head))
        }
        return people
    }

    /// 0 = can't be this body's head; 1 = in the middle of its top.
    private static func fit(of head: PictureBox, on body: PictureBox) -> Double {
        let centre = head.centre
        let sideways = abs(centre.x - body.centre.x) / max(body.width * 0.65, 1e-6)
        let down = (centre.y - body.y) / max(body.height, 1e-6)
        guard sideways < 1, down > -0.12, down < 0.5, head.height < body.height * 0.8 else { return 0 }
        return (1 - sideways) * (1 - abs(down - 0.1) / 0.6)
    }
}

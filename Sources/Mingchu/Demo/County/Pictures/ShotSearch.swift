import Cameras
import Domain

/// Looks through a simulated kitchen's time for moments that show what is wanted.
struct ShotSearch {
    let key: CountyPictures.Key
    let seed: UInt64

    /// Moments that are looked at before a subject is given up.
    private static let most = 400
    private static let quality = 72

    func pairs(_ count: Int) throws -> [CountyPictures.Pair] {
        var dice = DemoDice(seed: seed, "shots \(key.kind.rawValue) \(key.subject)")
        var pairs: [CountyPictures.Pair] = []
        var samples: SceneSamples?
        for look in 0..<Self.most where pairs.count < count {
            try Task.checkCancellation()
            // Other people and another light every so often.
            if look.isMultiple(of: 100) || samples == nil { samples = try SceneSamples(address(&dice)) }
            guard let scene = samples else { break }
            let time = Duration.milliseconds(Int64(dice.between(30, 3000) * 1000))
            let first = try scene.sample(at: time, quality: Self.quality)
            guard let shot = shot(first, of: scene) else { continue }
            let next = try scene.sample(at: time + .milliseconds(400), quality: Self.quality)
            pairs.append(CountyPictures.Pair(first: shot, best: self.shot(next, of: scene) ?? shot))
        }
        return pairs
    }

    private func address(_ dice: inout DemoDice) -> SourceAddress {
        let wishes =
            switch key.subject {
            case .noHat: "people=2&bareheads=1&maskless=0.1&phones=0"
            case .noMask: "people=2&bareheads=0&maskless=1&phones=0"
            case .phone: "people=2&bareheads=0.05&maskless=0.05&phones=60"
            case .insect: "people=1&bareheads=0&maskless=0&phones=0&flies=20&closeflies=4"
            case .rodent: "light=night&rats=120"
            case .nightPresence: "light=night&people=1&rats=0"
            case .inOrder: "people=2&bareheads=0&maskless=0&phones=0"
            case .emptyNight: "light=night&rats=0"
            }
        return SourceAddress(
            scheme: .sim, host: key.kind.rawValue, query: "\(wishes)&seed=\(dice.whole(1...9_999))")
    }

    private func shot(_ sample: SceneSamples.Sample, of scene: SceneSamples) -> CountyPictures.Shot? {
        let size = (width: Double(scene.width), height: Double(scene.height))
        guard let box = box(in: sample.truth, size) else { return nil }
        return CountyPictures.Shot(jpeg: sample.jpeg, box: box, sights: sights(in: sample.truth, size))
    }

    private typealias Size = (width: Double, height: Double)

    /// nil = it does not show the subject.
    private func box(in truth: SceneTruth, _ size: Size) -> PictureBox? {
        switch key.subject {
        case .noHat: return head(in: truth, size) { !$0.wearsHat }
        case .noMask: return head(in: truth, size) { !$0.wearsMask && $0.wearsHat && $0.facing > 0.35 }
        case .inOrder: return head(in: truth, size) { $0.wearsHat && $0.wearsMask && !$0.usesPhone }
        case .phone:
            return truth.people.first { $0.usesPhone && $0.phone != nil && $0.body.visibility > 0.5 }
                .map { Self.box($0.body, size) }
        case .insect: return truth.insects.max { $0.area < $1.area }.map { Self.box($0, size).grown }
        case .rodent: return truth.rodents.first { $0.visibility > 0.6 }.map { Self.box($0, size).grown }
        case .nightPresence: return truth.people.first { $0.body.visibility > 0.6 }.map { Self.box($0.body, size) }
        case .emptyNight:
            guard truth.isEmpty else { return nil }
            // What was taken for something: a gleam on the floor.
            return PictureBox(x: 0.41, y: 0.68, width: 0.06, height: 0.05)
        }
    }

    private func head(
        in truth: SceneTruth, _ size: Size, _ wanted: (SceneTruth.Person) -> Bool
    ) -> PictureBox? {
        truth.people.compactMap { person -> PictureBox? in
            guard wanted(person), let head = person.head, head.visibility > 0.7, head.box.height >= 24 else {
                return nil
            }
            return Self.box(head, size)
        }.max { $0.height < $1.height }
    }

    private func sights(in truth: SceneTruth, _ size: Size) -> [Capture.Sight] {
        truth.people.map {
            Capture.Sight(label: "person", box: Self.box($0.body, size), score: 0.6 + 0.35 * $0.body.visibility)
        }
    }

    private static func box(_ sight: SceneTruth.Sight, _ size: Size) -> PictureBox {
        PictureBox(
            x: Double(sight.box.x) / size.width, y: Double(sight.box.y) / size.height,
            width: Double(sight.box.width) / size.width, height: Double(sight.box.height) / size.height)
    }
}

extension SceneTruth.Sight {
    fileprivate var area: Int { box.width * box.height }
}

extension PictureBox {
    /// With room around what is small.
    fileprivate var grown: PictureBox { grown(horizontally: 0.4, vertically: 0.4).clipped }
}

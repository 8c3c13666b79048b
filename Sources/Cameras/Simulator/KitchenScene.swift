public import FFmpeg

/// A simulated kitchen: draws any of its frames, and tells what is to be seen in it.
///
/// The same parameters, index and label give the same picture, whichever frames were drawn before. Not to be shared by threads.
public final class KitchenScene {
    public let parameters: SceneParameters
    private let room: Room
    private let lens: Lens
    private let backdrop: Backdrop
    private let stage: Stage
    private let schedule: Schedule
    private let noise: CameraNoise
    private let label: Label
    private let dice: Dice
    /// The backdrop in the light of the hour, and which light that is.
    private var lit: Backdrop.Planes
    private var litLevel = 0
    private static let lightLevels = 64

    /// Draws the empty room, which takes some tenths of a second.
    public init(_ parameters: SceneParameters) {
        self.parameters = parameters
        let isNight = parameters.light == .night
        room = Room.build(parameters.scene)
        lens = Lens(
            at: [0.22, 0.22, 2.62], lookingAt: [3.35, 3.12, 0.72], opening: 1.5, width: parameters.width * 2,
            height: parameters.height * 2)
        let lighting = Lighting(
            lamps: Room.lamps, lampPower: isNight ? 0 : Shader.lampPower, ambient: isNight ? 0.012 : Shader.ambient,
            window: Room.windowCentre, windowPower: isNight ? 0 : 0.6,
            infraredPower: isNight ? Shader.infraredPower : 0, eye: lens.position)
        let palette = Palette(isColour: !isNight)
        backdrop = Backdrop.shared(room, parameters, lens: lens, lighting: lighting, palette: palette)
        stage = Stage(backdrop: backdrop, lens: lens, lighting: lighting, palette: palette)
        schedule = Schedule(room: room, parameters: parameters)
        dice = Dice(seed: parameters.seed)
        noise = CameraNoise(strength: isNight ? 2.6 : 1.1, dice: dice.with(0x601))
        label = Label(height: parameters.height)
        lit = backdrop.dull
    }

    /// A frame and its truth.
    public struct Frame: ~Copyable {
        public let picture: Picture
        public let truth: SceneTruth
    }

    /// Frame `index` (0 … ), which shows the room `index / framesPerSecond` seconds after the scene's beginning.
    ///
    /// - Parameter label: What is written after “模拟 SIMULATED”; of digits, `-` and `:`.
    public func frame(at index: Int, label: String = "") throws(FFmpegError) -> Frame {
        var picture = try Picture.blank(width: parameters.width, height: parameters.height)
        var truth = SceneTruth()
        draw(frame: index, label: label, into: &picture, truth: &truth)
        return Frame(picture: picture, truth: truth)
    }

    /// The same, into a picture of the scene's size that is used again and again; without truth it costs less.
    public func draw(frame index: Int, label: String, into picture: inout Picture) {
        var truth: SceneTruth?
        draw(frame: index, label: label, into: &picture, truth: &truth)
    }

    private func draw(frame index: Int, label: String, into picture: inout Picture, truth: inout SceneTruth) {
        var optional: SceneTruth? = truth
        draw(frame: index, label: label, into: &picture, truth: &optional)
        truth = optional ?? truth
    }

    private func draw(frame index: Int, label: String, into picture: inout Picture, truth: inout SceneTruth?) {
        precondition(
            picture.width == parameters.width && picture.height == parameters.height, "a picture of another size")
        let (lumaStride, chromaStride) = (picture.lumaStride, picture.chromaStride)
        picture.withMutablePlanes { y, u, v in
            y.withUnsafeMutableBufferPointer { y in
                u.withUnsafeMutableBufferPointer { u in
                    v.withUnsafeMutableBufferPointer { v in
                        let canvas = Canvas(
                            width: parameters.width, height: parameters.height, lumaStride: lumaStride,
                            chromaStride: chromaStride, y: y.baseAddress!, u: u.baseAddress!, v: v.baseAddress!)
                        paint(canvas, frame: index, label: label, truth: &truth)
                    }
                }
            }
        }
    }

    private func paint(_ canvas: Canvas, frame index: Int, label text: String, truth: inout SceneTruth?) {
        let time = Double(index) / Double(parameters.framesPerSecond)
        paintRoom(canvas, at: time)
        stage.begin(counting: truth != nil)
        let actors = cast(at: time)
        for actor in actors { shadeFloor(under: actor, canvas) }
        paintFlames(canvas, actors, time)
        let puffs = SteamPuffs(room: room, dice: dice.with(0x57E)).puffs(at: time)
        paintActors(actors, puffs, canvas, &truth)
        noise.apply(to: canvas, frame: index, time: time)
        label.draw("模拟 SIMULATED \(text)", on: canvas)
    }
}

// MARK: - The room

extension KitchenScene {
    /// Clouds come and go within minutes.
    private func paintRoom(_ canvas: Canvas, at time: Double) {
        let phase = dice.with(0xDA7).unit * 6
        let sky = 0.55 + 0.32 * wave(time, period: 907, phase: phase) + 0.13 * wave(time, period: 211, phase: phase * 2)
        let level = min(max(Int(sky * Float(Self.lightLevels)), 0), Self.lightLevels)
        if level != litLevel {
            lit.y = Self.blend(backdrop.dull.y, backdrop.bright.y, level)
            lit.u = Self.blend(backdrop.dull.u, backdrop.bright.u, level)
            lit.v = Self.blend(backdrop.dull.v, backdrop.bright.v, level)
            litLevel = level
        }
        Self.copy(lit.y, width: canvas.width, to: canvas.y, stride: canvas.lumaStride)
        Self.copy(lit.u, width: canvas.width / 2, to: canvas.u, stride: canvas.chromaStride)
        Self.copy(lit.v, width: canvas.width / 2, to: canvas.v, stride: canvas.chromaStride)
    }

    private static func blend(_ dull: [UInt8], _ bright: [UInt8], _ level: Int) -> [UInt8] {
        let share = UInt16(level)
        let rest = UInt16(lightLevels) - share
        return [UInt8](unsafeUninitializedCapacity: dull.count) { buffer, count in
            for index in 0..<dull.count {
                let sum = UInt16(dull[index]) &* rest &+ UInt16(bright[index]) &* share &+ 32
                buffer[index] = UInt8(truncatingIfNeeded: sum >> 6)
            }
            count = dull.count
        }
    }

    private static func copy(_ plane: [UInt8], width: Int, to target: UnsafeMutablePointer<UInt8>, stride: Int) {
        plane.withUnsafeBufferPointer { plane in
            for row in 0..<(plane.count / width) {
                (target + row * stride).update(from: plane.baseAddress! + row * width, count: width)
            }
        }
    }
}

// MARK: - Who and what moves

extension KitchenScene {
    private enum Actor {
        case person(Schedule.Moment, Outfit, Skeleton, Pose)
        case rat(Rat)
        case fly(Fly)

        var place: Vector {
            switch self {
            case .person(let moment, _, _, _): [moment.place.x, moment.place.y, 1]
            case .rat(let rat): rat.place
            case .fly(let fly): fly.place
            }
        }
    }

    /// The farthest first.
    private func cast(at time: Double) -> [Actor] {
        var actors: [Actor] = (0..<parameters.people).compactMap { person in
            guard let moment = schedule.moment(of: person, at: time) else { return nil }
            let ownDice = dice.with(0xB0D).with(person)
            let outfit = Outfit(person: ownDice, visit: schedule.dice(person, visit: moment.visit), parameters)
            let pose = Pose.at(moment, time, dice: ownDice, scale: outfit.scale)
            return .person(moment, outfit, Skeleton(moment, pose: pose, scale: outfit.scale), pose)
        }
        if let rat = Rat(at: time, room: room, perHour: parameters.rats, dice: dice) { actors.append(.rat(rat)) }
        actors += (0..<parameters.flies).map { .fly(Fly($0, at: time, dice: dice)) }
        actors += (0..<parameters.closeFlies).map { .fly(Fly($0, before: lens, at: time, dice: dice)) }
        return actors.sorted { lens.depth(of: $0.place) > lens.depth(of: $1.place) }
    }

    private func shadeFloor(under actor: Actor, _ canvas: Canvas) {
        let spots: [(Vector, Float, Float)]
        switch actor {
        case .person(let moment, _, let skeleton, _):
            spots =
                [([moment.place.x, moment.place.y, 0], 0.5, 0.5)]
                + skeleton.legs.map { ($0.end * [1, 1, 0] + skeleton.forward * 0.05, 0.17, 0.45) }
        case .rat(let rat): spots = [(rat.place * [1, 1, 0], 0.15, 0.5)]
        case .fly: spots = []
        }
        for (centre, radius, strength) in spots {
            let spot = lens.project(centre)
            guard spot.inverseDepth > 0 else { continue }
            let wide = lens.focalLength * spot.inverseDepth * radius / 2
            let steep = -(centre - lens.position).normalized.z
            canvas.shade(
                x: spot.x / 2, y: spot.y / 2, radiusX: wide, radiusY: max(wide * steep, 1), strength: strength,
                floor: backdrop.floor)
        }
    }

    private func paintFlames(_ canvas: Canvas, _ actors: [Actor], _ time: Double) {
        guard !room.burners.isEmpty, parameters.light == .day else { return }
        let cooks = actors.compactMap { actor -> SIMD2<Float>? in
            guard case .person(let moment, _, _, let pose) = actor, pose.holds == .ladle else { return nil }
            return moment.place
        }
        for tongue in Flames(room: room, dice: dice.with(0xF1A)).tongues(at: time, cooks: cooks) {
            let foot = lens.project(tongue.base)
            let tip = lens.project(tongue.base + [0, 0, tongue.height])
            let wide = lens.focalLength * foot.inverseDepth * tongue.width / 2
            let colour = Tone.signal(mix(Vector(0.18, 0.35, 1.1), Vector(1.9, 0.85, 0.18), tongue.heat))
            canvas.blend(
                .init(
                    x: foot.x / 2, y: (foot.y + tip.y) / 4, radiusX: max(wide, 1),
                    radiusY: max((foot.y - tip.y) / 3, 1.5),
                    colour: (UInt8(colour.x), UInt8(colour.y), UInt8(colour.z)), opacity: tongue.opacity,
                    inverseDepth: foot.inverseDepth * 1.02), behind: backdrop.depths)
        }
    }

    private func paintSteam(_ puff: SteamPuffs.Puff, _ canvas: Canvas) {
        let spot = lens.project(puff.centre)
        guard spot.inverseDepth > 0 else { return }
        let radius = lens.focalLength * spot.inverseDepth * puff.radius / 2
        canvas.blend(
            .init(
                x: spot.x / 2, y: spot.y / 2, radiusX: radius, radiusY: radius * 0.9, colour: (222, 129, 127),
                opacity: puff.opacity, inverseDepth: spot.inverseDepth), behind: backdrop.depths)
    }

    /// A thread of water, and what splashes from it.
    private func paintWater(_ tap: Room.Tap, _ canvas: Canvas, _ pen: MeshPen) {
        let foot = Vector(tap.mouth.x, tap.mouth.y, tap.waterLevel)
        pen.loft([.init(foot, radius: 0.011), .init(tap.mouth, radius: 0.008)], sides: 6, .phoneScreen)
        pen.ellipsoid(foot, [0.05, 0, 0], [0, 0.05, 0], [0, 0, 0.012], .maskWhite, rows: 3, sides: 10)
    }

    /// From the back to the front, steam among the people.
    private func paintActors(
        _ actors: [Actor], _ puffs: [SteamPuffs.Puff], _ canvas: Canvas, _ truth: inout SceneTruth?
    ) {
        let isNight = parameters.light == .night
        var steam = isNight ? [] : puffs.sorted { lens.depth(of: $0.centre) > lens.depth(of: $1.centre) }[...]
        var numbers: [(actor: Actor, number: Int)] = []
        paintTaps(actors, canvas)
        for actor in actors {
            let depth = lens.depth(of: actor.place)
            while let puff = steam.first, lens.depth(of: puff.centre) > depth {
                paintSteam(puff, canvas)
                steam = steam.dropFirst()
            }
            numbers.append((actor, paint(actor, canvas)))
        }
        for puff in steam { paintSteam(puff, canvas) }
        guard truth != nil else { return }
        truth = self.truth(of: numbers)
    }

    private func paintTaps(_ actors: [Actor], _ canvas: Canvas) {
        for actor in actors {
            guard case .person(let moment, _, _, let pose) = actor, pose.holds == .plate,
                let number = moment.station?.tap
            else { continue }
            let tap = room.taps[number]
            let reach = Vector(0.07, 0.07, 0.02)
            stage.add(canvas, low: [tap.mouth.x, tap.mouth.y, tap.waterLevel] - reach, high: tap.mouth + reach) {
                paintWater(tap, canvas, $0)
            }
        }
    }

    private func paint(_ actor: Actor, _ canvas: Canvas) -> Int {
        switch actor {
        case .person(let moment, let outfit, let skeleton, let pose):
            let place = Vector(moment.place.x, moment.place.y, 0)
            let reach = Vector(0.8, 0.8, 0)
            return stage.add(canvas, low: place - reach, high: place + reach + [0, 0, 2.1]) {
                Figure(skeleton: skeleton, outfit: outfit, holds: pose.holds).draw(with: $0)
            }
        case .rat(let rat):
            return stage.add(canvas, low: rat.place - [0.35, 0.35, 0.05], high: rat.place + [0.35, 0.35, 0.12]) {
                rat.draw(with: $0)
            }
        case .fly(let fly):
            let reach = Vector(repeating: 0.03)
            return stage.add(canvas, low: fly.place - reach, high: fly.place + reach) { fly.draw(with: $0) }
        }
    }

    private func truth(of numbers: [(actor: Actor, number: Int)]) -> SceneTruth {
        var truth = SceneTruth()
        for (actor, number) in numbers {
            guard let sight = stage.sight(of: number) else { continue }
            switch actor {
            case .person(let moment, let outfit, let skeleton, let pose):
                truth.people.append(
                    SceneTruth.Person(
                        id: moment.person, body: sight, head: stage.sight(of: number, part: .head),
                        wearsHat: outfit.wearsHat,
                        wearsMask: outfit.wearsMask,
                        facing: Double(skeleton.gaze.dot((lens.position - skeleton.head).normalized)),
                        usesPhone: pose.holds == .phone, phone: stage.sight(of: number, part: .phone)))
            case .rat: truth.rodents.append(sight)
            case .fly: truth.insects.append(sight)
            }
        }
        truth.people.sort { $0.id < $1.id }
        return truth
    }
}

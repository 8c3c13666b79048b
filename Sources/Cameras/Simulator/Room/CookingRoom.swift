extension Room {
    /// Stoves, steamers and the table where dishes are put together. (烹饪区)
    static func cooking() -> Room {
        var room = shell(floor: [0.34, 0.165, 0.12])
        room.addStoves()
        room.addCookingFurniture()
        room.stations = [
            Station(place: [1.55, 3.34], heading: .pi / 2, tasks: [.stir, .stir, .stir]),
            Station(place: [2.55, 3.34], heading: .pi / 2, tasks: [.stir, .stir]),
            Station(place: [3.55, 3.34], heading: .pi / 2, tasks: [.stir, .stir, .sort]),
            Station(place: [2.5, 2.95], heading: -.pi / 2, tasks: [.sort, .wipe, .chop]),
            Station(place: [3.6, 2.95], heading: -.pi / 2, tasks: [.sort, .chop]),
            Station(place: [2.95, 1.5], heading: .pi / 2, tasks: [.sort, .wipe, .sort]),
            Station(place: [4.66, 2.75], heading: 0, tasks: [.stir, .rest]),
        ]
        room.ringHigh.y = 3.1
        return room
    }

    private mutating func addStoves() {
        let front: Float = 3.72
        let top: Float = 0.8
        addBox([0.95, front, 0], [4.15, Room.depth, top], .stoveFront, top: .steel, left: .steel)
        addWallFacingFront(x: 0.95...4.15, y: Room.depth - 0.02, z: top...1.75, .steel)
        for index in 0..<3 {
            let centre = Vector(1.55 + Float(index), 4.14, top)
            addWok(centre, food: [.leaf, .chilli, .egg][index])
            burners.append(Burner(centre: centre + [0, 0, 0.05], radius: 0.24))
            steams.append(Steam(source: centre + [0, 0, 0.22], radius: 0.22, strength: index == 1 ? 1 : 0.7))
        }
        // The hood, with its filters to the front.
        addBox([0.8, 3.6, 2.05], [4.3, Room.depth, 2.5], .extractorFilters, top: .steel)
        addBox([0.78, 3.56, 1.99], [4.32, 3.62, 2.06], .steel)
        for x in [1.6, 2.6] as [Float] {
            addPot([x + 0.5, 4.45, top], radius: 0.07, height: 0.12, content: .chilli)
        }
    }

    private mutating func addWok(_ centre: Vector, food: Material) {
        stand(centre, radius: 0.36) { pen in
            pen.loft(
                [
                    .init(centre, radius: 0.33), .init(centre + [0, 0, 0.07], radius: 0.31),
                    .init(centre + [0, 0, 0.075], radius: 0.27),
                ],
                sides: 24, .darkSteel)
            pen.loft(
                [
                    .init(centre + [0, 0, 0.07], radius: 0.2), .init(centre + [0, 0, 0.12], radius: 0.3),
                    .init(centre + [0, 0, 0.2], radius: 0.37), .init(centre + [0, 0, 0.205], radius: 0.385),
                    .init(centre + [0, 0, 0.2], radius: 0.36),
                ], sides: 26, .iron)
            pen.disc(centre + [0, 0, 0.165], radius: 0.34, .iron)
            pen.heap(centre + [0, 0, 0.165], radius: 0.23, rise: 0.06, food)
            for side in [-1, 1] as [Float] {
                pen.block(centre + [side * 0.4, 0, 0.2], [0.05, 0, 0], [0, 0.03, 0], [0, 0, 0.012], .iron)
            }
        }
    }

    private mutating func addCookingFurniture() {
        addTable([1.95, 1.9], [4.15, 2.58])
        addBox([4.42, 3.86, 0], [5.5, Room.depth, 1.75], .steelDoors(columns: 1, rows: 3), top: .steel, left: .steel)
        steams.append(Steam(source: [4.6, 3.84, 1.72], radius: 0.12, strength: 0.8))
        // A low stove with a stock pot.
        addBox([5.0, 2.35, 0], [5.55, 3.15, 0.45], .steel, left: .stoveFront)
        addPot([5.28, 2.75, 0.45], radius: 0.24, height: 0.42, content: .broth)
        burners.append(Burner(centre: [5.28, 2.75, 0.46], radius: 0.2))
        steams.append(Steam(source: [5.28, 2.75, 0.86], radius: 0.2, strength: 1))
        addPoster(onRightWall: 1.5, width: 0.42, z: 1.35, height: 0.6, [0.5, 0.08, 0.06])
        addPoster(onBackWall: 4.6, width: 0.6, z: 1.95, height: 0.55, [0.05, 0.18, 0.5])
        addExtinguisher([5.45, 1.62, 0])
        addBin([0.5, 4.2, 0], .greyPlastic)

        let table: Float = 0.85
        let dishes: [Material] = [.tomato, .leaf, .egg, .chilli, .meat, .broth]
        for (index, dish) in dishes.enumerated() {
            addTray(
                [2.05 + Float(index % 3) * 0.42, 2.0 + Float(index / 3) * 0.28, table], [0.36, 0.22, 0.07],
                content: dish)
        }
        addPot([3.52, 2.24, table], radius: 0.2, height: 0.3, content: .rice)
        addPot([3.92, 2.38, table], radius: 0.13, height: 0.22, content: .broth)
        for index in 0..<4 {
            addBowls([3.84 + Float(index % 2) * 0.17, 2.0 + Float(index / 2) * 0.16, table], count: 4)
        }
        steams.append(Steam(source: [3.52, 2.24, table + 0.28], radius: 0.13, strength: 0.35))
        addPot([2.4, 2.2, 0.23], radius: 0.19, height: 0.3, content: .iron)
        addPot([3.0, 2.2, 0.23], radius: 0.19, height: 0.24, content: .iron)
        addBasin([3.6, 2.2, 0.23], radius: 0.2, height: 0.16, content: .potato)
    }

    private mutating func addExtinguisher(_ base: Vector) {
        stand(base, radius: 0.08) { pen in
            pen.loft(
                [
                    .init(base, radius: 0.075), .init(base + [0, 0, 0.4], radius: 0.075),
                    .init(base + [0, 0, 0.46], radius: 0.04), .init(base + [0, 0, 0.47], radius: 0),
                ], sides: 12, .redPlastic)
            pen.block(base + [0, 0, 0.5], [0.05, 0, 0], [0, 0.02, 0], [0, 0, 0.03], .iron)
        }
    }
}

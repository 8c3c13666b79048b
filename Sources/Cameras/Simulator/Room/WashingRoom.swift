extension Room {
    /// Washing and disinfecting tableware. (洗消区)
    static func washing() -> Room {
        var room = shell(floor: [0.27, 0.33, 0.38])
        room.addSinks()
        room.addWashingFurniture()
        room.stations = [
            Station(place: [1.55, 3.52], heading: .pi / 2, tasks: [.wash, .wash, .wash], tap: 0),
            Station(place: [2.5, 3.52], heading: .pi / 2, tasks: [.wash, .wash], tap: 1),
            Station(place: [3.45, 3.52], heading: .pi / 2, tasks: [.wash, .sort], tap: 2),
            Station(place: [2.5, 3.0], heading: -.pi / 2, tasks: [.wipe, .sort]),
            Station(place: [3.6, 3.0], heading: -.pi / 2, tasks: [.sort, .wipe, .sort]),
            Station(place: [2.9, 1.5], heading: .pi / 2, tasks: [.sort, .wipe]),
            Station(place: [4.85, 3.42], heading: .pi / 2, tasks: [.sort, .rest]),
        ]
        return room
    }

    private mutating func addSinks() {
        let front: Float = 3.88
        let top: Float = 0.85
        addBox([0.95, front, 0.1], [0.99, Room.depth, top - 0.001], .steel)
        for basin in 0..<3 {
            let x = 1.12 + Float(basin) * 0.95
            // The water stands below the rim; four bars leave the opening free.
            addFloor([x, front + 0.1, top - 0.14], [0.78, 0.5], .water)
            addWallFacingLeft(x: x + 0.78, y: (front + 0.1)...(front + 0.6), z: (top - 0.14)...top, .steel)
            addWallFacingFront(x: x...(x + 0.78), y: front + 0.6, z: (top - 0.14)...top, .steel)
            addFloor([x, front, top], [0.78, 0.1], .steel)
            addFloor([x, front + 0.6, top], [0.78, Room.depth - front - 0.6], .steel)
            addFloor([x - 0.17, front, top], [0.17, Room.depth - front], .steel)
            _ = addTap([x + 0.39, front + 0.64, top], height: 0.26, reach: 0.24, waterLevel: top - 0.14)
            addBowls([x + 0.2, front + 0.28, top - 0.16], count: 2)
            addPlates([x + 0.56, front + 0.36, top - 0.15], radius: 0.1, count: 2)
        }
        addFloor([3.8, front, top], [0.2, Room.depth - front], .steel)
        addWallFacingFront(x: 0.95...4.0, y: front, z: 0.45...top, .steel)
        addWallFacingFront(x: 0.95...4.0, y: Room.depth - 0.02, z: top...1.2, .steel)
        boxes.append(Box(low: [0.95, front, 0.5], high: [4.0, Room.depth, top - 0.15], colour: [0.4, 0.4, 0.42]))
        for x in [1.0, 1.95, 2.9, 3.9] as [Float] {
            addBox([x, front + 0.03, 0], [x + 0.05, front + 0.08, 0.45], .steel)
        }
        for (x, name) in [(1.3, 0), (2.25, 1), (3.2, 2)] as [(Float, Int)] {
            let colours: [Vector] = [[0.5, 0.08, 0.06], [0.05, 0.18, 0.5], [0.04, 0.32, 0.16]]
            addPoster(onBackWall: x, width: 0.42, z: 1.28, height: 0.16, colours[name])
        }
    }

    private mutating func addWashingFurniture() {
        addTable([1.95, 1.95], [4.15, 2.62])
        addShelf(x: 1.0...3.9, z: 1.62)
        addBox(
            [4.28, 3.86, 0], [5.5, Room.depth, 1.9], .disinfectionCabinet, top: .steel, left: .steel)
        addPoster(onBackWall: 1.5, width: 0.8, z: 2.08, height: 0.55, [0.05, 0.18, 0.5])
        addPoster(onBackWall: 2.7, width: 0.8, z: 2.08, height: 0.55, [0.05, 0.18, 0.5])
        addPoster(onRightWall: 1.5, width: 0.42, z: 1.35, height: 0.6, [0.04, 0.32, 0.16])
        // A rack under the window for trays.
        for z in [0.15, 0.55, 0.95] as [Float] { addBox([5.1, 1.9, z], [5.58, 3.5, z + 0.03], .steel) }
        for y in [1.9, 3.45] as [Float] { addBox([5.1, y, 0], [5.15, y + 0.05, 1.0], .steel) }
        for place in 0..<4 {
            addPlates([5.34, 2.12 + Float(place) * 0.37, 0.58], radius: 0.14, count: 7)
            addBox(
                [5.14, 1.98 + Float(place) * 0.37, 0.98], [5.52, 2.28 + Float(place) * 0.37, 1.04],
                .plastic(place % 2 == 0 ? [0.10, 0.30, 0.62] : [0.72, 0.5, 0.1]), casts: false)
        }
        let table: Float = 0.85
        for place in 0..<5 {
            addPlates([2.12 + Float(place) * 0.27, 2.42, table], radius: 0.115, count: 9 - place)
            addBowls([2.1 + Float(place) * 0.19, 2.12, table], count: 6 - place % 3)
        }
        addBox(
            [3.35, 2.05, table], [3.85, 2.45, table + 0.16], .crate([0.08, 0.26, 0.58]),
            top: .plastic([0.05, 0.12, 0.3]))
        for place in 0..<6 {
            addBowls([3.44 + Float(place % 3) * 0.16, 2.16 + Float(place / 3) * 0.18, table + 0.12], count: 2)
        }
        for x in stride(from: Float(1.15), to: 3.8, by: 0.3) { addBowls([x, 4.44, 1.65], count: 3 + Int(x * 10) % 3) }
        addBasin([4.0, 2.4, 0.23], radius: 0.2, height: 0.16, content: .bluePlastic, .bluePlastic)
        addPot([2.6, 2.28, 0.23], radius: 0.19, height: 0.28, content: .iron)
        addBin([0.5, 4.2, 0], .bluePlastic)
        addBasin([1.0, 1.2, 0], radius: 0.27, height: 0.24, content: .greenPlastic, .redPlastic)
    }
}

import TestSupport

@testable import Vision

/// Models that see colours: red is a person, green a head, blue a phone. So that what is around the models can be tested
/// exactly, and without the shipped ones.
struct DrawnModels {
    let folder: TemporaryDirectory

    init(attributeLabels: [String] = ["hatAbsent", "maskAbsent", "faceVisible", "phone"]) throws {
        folder = try TemporaryDirectory()
        try Self.detector(in: folder)
        try Self.attributes(in: folder, labels: attributeLabels)
        try Self.pests(in: folder)
    }

    func load() throws(ModelError) -> RecognitionModels { try .load(.init(folder: folder.path, threads: 2)) }

    /// Each cell of a stride is judged by its mean colour; its box is the cell itself.
    private static func detector(in folder: TemporaryDirectory) throws {
        var model = DrawnModel()
        let picture = model.input("picture", [1, -1, -1, 3])
        let real = model.add("Convert", "destination_type=\"f32\"", [picture], rank: 4)
        let order = model.constant([0, 3, 1, 2] as [Int64], [4])
        let planes = model.add("Transpose", "", [real, order], rank: 4)
        var scores: [DrawnModel.Output] = []
        var boxes: [DrawnModel.Output] = []
        for stride in [8, 16, 32] {
            let cells = model.add(
                "AvgPool",
                "kernel=\"\(stride),\(stride)\" strides=\"\(stride),\(stride)\" pads_begin=\"0,0\" pads_end=\"0,0\" "
                    + "exclude-pad=\"true\" rounding_type=\"floor\" auto_pad=\"explicit\"", [planes], rank: 4)
            // The coarser, the surer: the whole thing wins over its parts.
            let sure = Float(stride) / 8
            let colours: [Float] = [0.1, -0.1, -0.1, -0.1, 0.1, -0.1, -0.1, -0.1, 0.1, 0, 0, 0, 0, 0, 0]
            scores.append(
                rows(&model, cells, weights: colours, bias: [-18 + sure, -18 + sure, -18 + sure, -30, -30], columns: 5))
            let half = Float(stride) / 2
            boxes.append(
                rows(
                    &model, cells, weights: [Float](repeating: 0, count: 12), bias: [half, half, half, half], columns: 4
                ))
        }
        let allScores = model.add("Concat", "axis=\"1\"", scores, rank: 3)
        model.result(model.add("Sigmoid", "", [allScores], rank: 3, name: "scores"))
        model.result(model.add("Concat", "axis=\"1\"", boxes, rank: 3, name: "boxes"))
        try model.write(
            to: folder, "drawn-detector",
            card: [
                "task": "detector", "labels": ["person", "head", "phone", "rodent", "insect"],
                "input": ["width": 640, "height": 352, "dynamic": true],
                "thresholds": Dictionary(
                    uniqueKeysWithValues: ["person", "head", "phone", "rodent", "insect"].map { ($0, ["score": 0.5]) }),
            ])
    }

    /// A 1 × 1 convolution, then a row for each cell.
    private static func rows(
        _ model: inout DrawnModel, _ cells: DrawnModel.Output, weights: [Float], bias: [Float], columns: Int
    ) -> DrawnModel.Output {
        let kernel = model.constant(weights, [columns, 3, 1, 1])
        let convolved = model.add(
            "Convolution",
            "strides=\"1,1\" dilations=\"1,1\" pads_begin=\"0,0\" pads_end=\"0,0\" auto_pad=\"explicit\"",
            [cells, kernel],
            rank: 4)
        let offset = model.constant(bias, [1, columns, 1, 1])
        let sum = model.add("Add", "auto_broadcast=\"numpy\"", [convolved, offset], rank: 4)
        let shape = model.constant([1, Int64(columns), -1], [3])
        let flat = model.add("Reshape", "special_zero=\"false\"", [sum, shape], rank: 3)
        let order = model.constant([0, 2, 1] as [Int64], [3])
        return model.add("Transpose", "", [flat, order], rank: 3)
    }

    /// Red: no hat. Green: no mask. Blue: no face to be seen. A phone is white.
    private static func attributes(in folder: TemporaryDirectory, labels: [String]) throws {
        let all: [String: ([Float], Float)] = [
            "hatAbsent": ([0.1, 0, 0], -12.75), "maskAbsent": ([0, 0.1, 0], -12.75),
            "faceVisible": ([0, 0, -0.1], 12.75),
            "phone": ([0.05, 0.05, 0.05], -30),
        ]
        try means(
            "heads", side: 112, labels.map { all[$0]! }, last: ("Sigmoid", ""), in: folder, "drawn-attributes",
            card: [
                "task": "attributes", "labels": labels, "input": ["width": 112, "height": 112, "dynamic": true],
                "thresholds": [
                    "hat": ["absent": 0.8, "present": 0.3], "mask": ["absent": 0.8, "present": 0.3],
                    "face": ["visible": 0.5],
                    "phone": ["score": 0.5],
                ],
            ])
    }

    /// Red: a rodent. Green: an insect. Else: something else.
    private static func pests(in folder: TemporaryDirectory) throws {
        try means(
            "patches", side: 64, [([0, 0, 0], 12.75), ([0.1, 0, 0], 0), ([0, 0.1, 0], 0)],
            last: ("SoftMax", "axis=\"1\""), in: folder, "drawn-pests",
            card: [
                "task": "pests", "labels": ["other", "rodent", "insect"],
                "input": ["width": 64, "height": 64, "dynamic": true],
                "thresholds": ["rodent": ["score": 0.6], "insect": ["score": 0.7]],
            ])
    }

    /// Probabilities from the mean colour of each patch.
    private static func means(
        _ input: String, side: Int, _ columns: [([Float], Float)], last: (String, String),
        in folder: TemporaryDirectory,
        _ name: String, card: [String: Any]
    ) throws {
        var model = DrawnModel()
        let patches = model.input(input, [-1, side, side, 3])
        let real = model.add("Convert", "destination_type=\"f32\"", [patches], rank: 4)
        let axes = model.constant([1, 2] as [Int64], [2])
        let mean = model.add("ReduceMean", "keep_dims=\"false\"", [real, axes], rank: 2)
        let weights = model.constant(
            (0..<3).flatMap { colour in columns.map { $0.0[colour] } }, [3, columns.count])
        let product = model.add("MatMul", "transpose_a=\"false\" transpose_b=\"false\"", [mean, weights], rank: 2)
        let bias = model.constant(columns.map(\.1), [1, columns.count])
        let sum = model.add("Add", "auto_broadcast=\"numpy\"", [product, bias], rank: 2)
        model.result(model.add(last.0, last.1, [sum], rank: 2, name: "probabilities"))
        try model.write(to: folder, name, card: card)
    }
}

import Yams

/// The raw text of settings, with where each came from.
struct SettingValues: Sendable {
    private struct Given {
        let text: String
        let origin: String
    }

    private var given: [String: Given] = [:]

    /// - Parameters:
    ///   - file: path and text of the settings file, if there is one.
    ///   - environment: all of it; only `MINGCHU_…` counts.
    ///   - flags: by setting name, from the command line.
    init(
        file: (path: String, text: String)?, environment: [String: String], flags: [String: String]
    ) throws(SettingsError) {
        if let file { try read(file.text, path: file.path) }
        for key in SettingKey.all {
            if let text = environment[key.environmentName] {
                given[key.name] = Given(text: text, origin: key.environmentName)
            }
        }
        for (name, text) in flags { given[name] = Given(text: text, origin: "command line") }
    }

    private mutating func read(_ text: String, path: String) throws(SettingsError) {
        let root: Any?
        do {
            root = try Yams.load(yaml: text)
        } catch {
            throw SettingsError(description: "\(path) is no YAML: \(error)")
        }
        guard let root, !"\(root)".isEmpty else { return }
        guard let tree = root as? [String: Any] else {
            throw SettingsError(description: "\(path): expected `name: value` lines")
        }
        try collect(tree, under: "", path: path)
    }

    private mutating func collect(_ tree: [String: Any], under prefix: String, path: String) throws(SettingsError) {
        for (name, value) in tree {
            let full = prefix + name
            if let subtree = value as? [String: Any] {
                try collect(subtree, under: full + ".", path: path)
            } else if SettingKey.all.contains(where: { $0.name == full }) {
                given[full] = Given(text: "\(value)", origin: path)
            } else {
                let names = SettingKey.all.map(\.name).joined(separator: ", ")
                throw SettingsError(description: "\(path): there is no setting “\(full)”. There are: \(names)")
            }
        }
    }

    func text(_ key: SettingKey) throws(SettingsError) -> String {
        let text = given[key.name]?.text ?? key.defaultValue
        guard !text.isEmpty else { throw flaw(key, "must not be empty") }
        return text
    }

    func number(_ key: SettingKey, in range: ClosedRange<Double>) throws(SettingsError) -> Double {
        guard let number = Double(try text(key)), range.contains(number) else {
            throw flaw(key, "must be a number from \(Int(range.lowerBound)) to \(Int(range.upperBound))")
        }
        return number
    }

    func flag(_ key: SettingKey) throws(SettingsError) -> Bool {
        switch try text(key) {
        case "true", "yes", "1": true
        case "false", "no", "0": false
        default: throw flaw(key, "must be true or false")
        }
    }

    /// A path; nil for `auto`.
    func place(_ key: SettingKey) throws(SettingsError) -> String? {
        let text = try text(key)
        return text == "auto" ? nil : text
    }

    /// nil for `none`.
    func optional(_ key: SettingKey) throws(SettingsError) -> String? {
        let text = try text(key)
        return text == "none" ? nil : text
    }

    func flaw(_ key: SettingKey, _ wanted: String) -> SettingsError {
        let value = given[key.name]
        let origin = value.map { " (\($0.origin))" } ?? ""
        if key.isSecret { return SettingsError(description: "\(key.name)\(origin): \(wanted)") }
        return SettingsError(description: "\(key.name)\(origin): \(wanted), not “\(value?.text ?? key.defaultValue)”")
    }
}

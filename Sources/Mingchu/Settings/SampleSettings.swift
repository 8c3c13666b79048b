/// The settings file with every setting at its default, each with its help and its environment variable.
enum SampleSettings {
    static var text: String {
        var text = """
            # Settings of Mingchu. Every line may be left out; the values here are the defaults.
            # The environment (MINGCHU_…) goes before this file, the command line before both.

            """
        var section = ""
        for key in SettingKey.all {
            let parts = key.name.split(separator: ".").map(String.init)
            let isNested = parts.count == 2
            if isNested, parts[0] != section {
                section = parts[0]
                text += "\n\(section):\n"
            } else if !isNested {
                text += "\n"
            }
            let indent = isNested ? "  " : ""
            for line in key.help { text += "\(indent)# \(line)\n" }
            text += "\(indent)# \(key.environmentName)\n"
            let value =
                key.defaultValue.contains(":") || key.defaultValue.hasPrefix("+")
                ? "\"\(key.defaultValue)\"" : key.defaultValue
            text += "\(indent)\(parts.last!): \(value)\n"
        }
        return text
    }
}

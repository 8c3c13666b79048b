import Glibc

// Through Double: Float's own functions differ in the last bit between C libraries, and pictures must not.

func sine(_ angle: Float) -> Float { Float(sin(Double(angle))) }
func cosine(_ angle: Float) -> Float { Float(cos(Double(angle))) }
func arcTangent(_ y: Float, _ x: Float) -> Float { Float(atan2(Double(y), Double(x))) }
func power(_ base: Float, _ exponent: Float) -> Float { Float(pow(Double(base), Double(exponent))) }

/// The angle's equal in -π…π.
func wrapped(_ angle: Float) -> Float {
    var angle = angle
    while angle > .pi { angle -= 2 * .pi }
    while angle < -.pi { angle += 2 * .pi }
    return angle
}

/// A sine of `time` seconds with the given period, computed so that it stays exact for weeks.
func wave(_ time: Double, period: Double, phase: Float = 0) -> Float {
    let turns = time / period
    return Float(sin((turns - turns.rounded(.down)) * 2 * .pi + Double(phase)))
}

//! A parameter and its value, as arguments give them.

/// `PATH=VALUE`, cut at the first equals sign.
pub fn setting(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((path, value)) if !path.trim().is_empty() => Ok((path.trim().to_owned(), value.to_owned())),
        _ => Err("write the parameter's path, an equals sign and the value, \
                  such as nodes.app.workers=8 or network.latency=5ms"
            .to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_cut_at_the_first_equals_sign() {
        let cut = |text| setting(text).map(|(path, value)| format!("{path}|{value}"));
        assert_eq!(cut("a.b=1"), Ok("a.b|1".to_owned()));
        assert_eq!(cut(" a.b =x=y"), Ok("a.b|x=y".to_owned()));
        assert_eq!(cut("a.b="), Ok("a.b|".to_owned()));
        assert!(cut("a.b").is_err() && cut("=1").is_err() && cut("").is_err());
    }
}

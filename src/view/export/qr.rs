//! A QR code as a picture (ISO/IEC 18004).

use qrcodegen::{QrCode as Code, QrCodeEcc};

/// So many light modules stand on each side: the quiet zone that the standard asks for.
const QUIET: i32 = 4;

/// A QR code.
#[derive(Clone, Debug, PartialEq)]
pub struct QrCode {
    /// How many modules it is wide and high, its quiet zone included.
    pub size: i32,
    /// Its dark modules as the path of an SVG in which a module is 1 wide and 1 high. The rest is light.
    pub path: String,
}

/// The QR code of a text; none for one of more than 2953 bytes, which no code holds. It has as much error correction
/// as fits into the smallest code for the text.
pub fn qr_code(text: &str) -> Option<QrCode> {
    let code = Code::encode_text(text, QrCodeEcc::Low).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let dark = (x..code.size()).take_while(|x| code.get_module(*x, y)).count() as i32;
            if dark > 0 {
                let [x, y, dark] = [x + QUIET, y + QUIET, dark].map(|number| number.to_string());
                path.extend(["M", &x, " ", &y, "h", &dark, "v1h-", &dark, "z"]);
            }
            x += dark.max(1);
        }
    }
    Some(QrCode { size: code.size() + 2 * QUIET, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The modules of a code, by row.
    fn modules(code: &QrCode) -> Vec<Vec<bool>> {
        let mut rows = vec![vec![false; code.size as usize]; code.size as usize];
        for run in code.path.split('M').skip(1) {
            let (place, rest) = run.split_once('h').expect("a run");
            let (x, y) = place.split_once(' ').expect("a place");
            let number = |text: &str| text.parse::<usize>().expect("a number");
            let dark = number(rest.split('v').next().expect("a length"));
            rows[number(y)][number(x)..number(x) + dark].fill(true);
        }
        rows
    }

    #[test]
    fn a_code_has_its_finders_and_its_quiet_zone() {
        let code = qr_code("https://example.org/#/s/1/abc").expect("it is short");
        let rows = modules(&code);
        // Version 2 has 25 modules.
        assert_eq!(code.size, 25 + 8);
        let finder = ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"];
        for (x, y) in [(4, 4), (22, 4), (4, 22)] {
            for (row, pattern) in rows[y..].iter().zip(finder) {
                let seen: String = row[x..x + 7].iter().map(|dark| if *dark { '#' } else { '.' }).collect();
                assert_eq!(seen, pattern);
            }
        }
        let edge = |at: usize| !(4..29).contains(&at);
        assert!((0..33).all(|y| (0..33).all(|x| !rows[y][x] || !(edge(x) || edge(y)))));
    }

    #[test]
    fn the_longest_text_fits_and_no_longer_one() {
        assert_eq!(qr_code(&"a".repeat(2953)).map(|code| code.size), Some(177 + 8));
        assert_eq!(qr_code(&"a".repeat(2954)), None);
    }
}

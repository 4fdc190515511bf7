//! The program, packed: the page unpacks it itself (`static/unpack.js`), and loads a sixth less.
//!
//! LZMA finds more in a program than the gzip of a web server does, and what is packed needs no gzip any more.

use crate::problem::{Problem, Result};
use crate::project;
use liblzma::stream::{LzmaOptions, Stream};
use liblzma::write::XzEncoder;
use std::io::Write;
use std::path::Path;

/// What trunk writes into the page to start the program.
const START: &str = "module_or_path: './";

/// Packs the program of a built site and lets its page unpack it.
pub fn pack(dist: &Path, page: &str) -> Result<String> {
    let Some(name) = program(page) else {
        return Err(Problem::new(
            "the built page does not start a program as expected",
            format!("no \"{START}….wasm'\" in dist/index.html"),
            "look at what trunk writes there now, and follow it in xtask/src/pack.rs",
        ));
    };
    let packed = packed(&project::read_bytes(&dist.join(name))?)?;
    let to = name.replace(".wasm", ".lzma");
    project::write(&dist.join(&to), &packed)?;
    project::remove(&dist.join(name))?;
    let unpack = project::read(&project::root().join("static/unpack.js"))?;
    Ok(page_with(page, name, &to, &unpack))
}

/// The name of the program's file.
fn program(page: &str) -> Option<&str> {
    let from = page.find(START)? + START.len();
    page[from..].split('\'').next().filter(|name| name.ends_with(".wasm"))
}

/// The page, which fetches the packed program, unpacks and starts it.
fn page_with(page: &str, name: &str, to: &str, unpack: &str) -> String {
    let start = format!("await init({{ {START}{name}' }})");
    let lines = unpack.lines().map(str::trim).filter(|line| !line.starts_with("//"));
    let code = lines.fold(String::new(), |code, line| code + line + "\n");
    let packed = format!("new Uint8Array(await (await fetch('./{to}')).arrayBuffer())");
    let started = format!("await init({{ module_or_path: unpack({packed}) }})");
    page.replace("<script type=\"module\">", &format!("<script type=\"module\">\n{code}"))
        .replace(&start, &started)
        .replace(name, to)
        .replace("type=\"application/wasm\"", "type=\"application/x-lzma\"")
}

/// In the .lzma format, with the size in its header: the decoder needs no other mark of the end.
fn packed(program: &[u8]) -> Result<Vec<u8>> {
    let failed =
        |why: &dyn std::fmt::Display| Problem::new("the program cannot be packed", why.to_string(), "");
    let mut options =
        LzmaOptions::new_preset(9 | liblzma::stream::PRESET_EXTREME).map_err(|why| failed(&why))?;
    options.dict_size(1 << 22).literal_context_bits(4).literal_position_bits(0).position_bits(0);
    let stream = Stream::new_lzma_encoder(&options).map_err(|why| failed(&why))?;
    let mut encoder = XzEncoder::new_stream(Vec::new(), stream);
    encoder.write_all(program).map_err(|why| failed(&why))?;
    let mut packed = encoder.finish().map_err(|why| failed(&why))?;
    packed[5..13].copy_from_slice(&(program.len() as u64).to_le_bytes());
    Ok(packed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_what_comes_out() {
        let program: Vec<u8> = (0..100_000_u32).map(|at| (at.wrapping_mul(at) >> 7) as u8).collect();
        let packed = packed(&program).expect("packed");
        assert!(packed.len() < program.len());
        let stream = Stream::new_lzma_decoder(u64::MAX).expect("a decoder");
        let mut unpacked = Vec::new();
        let mut decoder = liblzma::read::XzDecoder::new_stream(&*packed, stream);
        std::io::Read::read_to_end(&mut decoder, &mut unpacked).expect("unpacked");
        assert!(unpacked == program);
    }

    #[test]
    fn the_page_starts_what_it_unpacks() {
        let page = "<script type=\"module\">\nconst wasm = await init({ module_or_path: './a_bg.wasm' });</script>\
                    <link rel=\"preload\" href=\"./a_bg.wasm\" as=\"fetch\" type=\"application/wasm\">";
        let name = program(page).expect("it starts one");
        let page = page_with(page, name, "a_bg.lzma", "// why\nconst unpack = (x) => x;\n");
        assert!(!page.contains(".wasm") && !page.contains("why"), "{page}");
        assert!(page.contains("init({ module_or_path: unpack(new Uint8Array("), "{page}");
        assert!(page.contains("href=\"./a_bg.lzma\""), "{page}");
        assert_eq!(program("<p>nothing</p>"), None);
    }
}

//! The programs, packed: the page unpacks them itself (`static/unpack.js`), and loads a sixth less.
//!
//! LZMA finds more in a program than the gzip of a web server does, and what is packed needs no gzip any more.

use crate::problem::{Problem, Result};
use crate::project;
use liblzma::stream::{LzmaOptions, Stream};
use liblzma::write::XzEncoder;
use std::io::Write;
use std::path::Path;

/// Packs a program of the site, given by its script's name without the ending.
pub fn pack(dist: &Path, name: &str) -> Result {
    let wasm = dist.join(format!("{name}_bg.wasm"));
    project::write(&dist.join(format!("{name}.lzma")), packed(&project::read_bytes(&wasm)?)?)?;
    project::remove(&wasm)
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
}

//! The programs, packed: the page unpacks them itself (`static/unpack.js`), and loads a sixth less.
//!
//! LZMA finds more in a program than the gzip of a web server does, and what is packed needs no gzip any more. Before,
//! the hashes in the names of what it imports become numbers, in its script as well: noise that no packing shortens.

use crate::problem::{Problem, Result};
use crate::{bare, project};
use liblzma::stream::{LzmaOptions, Stream};
use liblzma::write::XzEncoder;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// Packs a program of the site, given by its script's name without the ending.
pub fn pack(dist: &Path, name: &str) -> Result {
    let (wasm, script) = (dist.join(format!("{name}_bg.wasm")), dist.join(format!("{name}.js")));
    let mut program = project::read_bytes(&wasm)?;
    let numbered = numbered(&bare::script(&project::read(&script)?), &mut program)?;
    project::write(&script, numbered)?;
    project::write(&dist.join(format!("{name}.lzma")), packed(&program)?)?;
    project::remove(&wasm)
}

/// How long the hash is that ends the name of an import.
const HASH: usize = 16;

/// The script with a number, as long as it was, in place of every hash that ends a name; the program likewise.
fn numbered(script: &str, program: &mut [u8]) -> Result<String> {
    let mut out = String::with_capacity(script.len());
    let mut numbers = BTreeMap::new();
    for word in script.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
        let (hash, rest) = word.split_at_checked(HASH).unwrap_or((word, ""));
        let is_end = out.ends_with('_') && rest.len() == 1 && rest != "_";
        if !is_end || !hash.bytes().all(|c| matches!(c, b'0'..=b'9' | b'a'..=b'f')) {
            out.push_str(word);
            continue;
        }
        let next = numbers.len();
        let number = format!("{:0HASH$}", *numbers.entry(hash).or_insert(next));
        out.push_str(&number);
        out.push_str(rest);
    }
    for (hash, number) in numbers {
        let places = (0..=program.len() - HASH).filter(|at| program[*at..*at + HASH] == *hash.as_bytes());
        let [place] = places.collect::<Vec<_>>()[..] else {
            let why = format!("the hash {hash} does not stand there exactly once");
            return Err(Problem::new("the program's script imports what the program does not know", why, ""));
        };
        program[place..place + HASH].copy_from_slice(format!("{number:0HASH$}").as_bytes());
    }
    Ok(out)
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
    fn hashes_of_names_become_numbers_in_both() {
        let script =
            "a.__wbg_b_00112233445566aa = c_0011223344556; d(__wbg_e_ffeeddccbbaa9988, 'ffeeddccbbaa9988')";
        let mut program = b"..__wbg_e_ffeeddccbbaa9988..__wbg_b_00112233445566aa".to_vec();
        let script = numbered(script, &mut program).expect("both are there");
        let said =
            "a.__wbg_b_0000000000000000 = c_0011223344556; d(__wbg_e_0000000000000001, 'ffeeddccbbaa9988')";
        assert_eq!(script, said);
        assert_eq!(program, b"..__wbg_e_0000000000000001..__wbg_b_0000000000000000");
        assert!(numbered("a_00112233445566aa;", &mut [0; 20]).is_err());
    }

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

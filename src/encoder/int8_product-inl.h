// The int8 product for one instruction set. Included inside a namespace that defines
// dot4(sums, activations, weights): in each 32-bit lane, sums plus the sum of four products of an
// unsigned and a signed byte. No include guard: a second copy is compiled for VNNI.

template <std::size_t kRows>
HWY_INLINE void int8_tile(const Int8Panels& weights, const Int8Rows& rows, std::size_t row,
                          std::size_t column, const ProductTask& task) {
  const FloatTag d;
  const IntTag di;
  const std::size_t lanes = hn::Lanes(d);
  const std::size_t depth = weights.depth;
  const std::uint8_t* a = rows.values + row * depth;
  const std::int8_t* b =
      weights.values + column / kPanelColumns * kPanelColumns * depth + column % kPanelColumns * 4;
  IntVec sums[kRows][2];
#pragma GCC unroll 12
  for (std::size_t r = 0; r < kRows; ++r) sums[r][0] = sums[r][1] = hn::Zero(di);
  // A pointer for every third row keeps the addresses of twelve rows in registers.
  const std::uint8_t* third[(kRows + 2) / 3];
#pragma GCC unroll 4
  for (std::size_t r = 0; r < kRows; r += 3) third[r / 3] = a + r * depth;
  for (std::size_t k = 0; k < depth; k += 4, b += 4 * kPanelColumns) {
    const auto* group = reinterpret_cast<const std::int32_t*>(b);
    const IntVec b0 = hn::LoadU(di, group);
    const IntVec b1 = hn::LoadU(di, group + lanes);
#pragma GCC unroll 12
    for (std::size_t r = 0; r < kRows; ++r) {
      std::int32_t four;
      __builtin_memcpy(&four, third[r / 3] + r % 3 * depth, 4);
      const IntVec av = hn::Set(di, four);
      sums[r][0] = dot4(sums[r][0], av, b0);
      sums[r][1] = dot4(sums[r][1], av, b1);
    }
#pragma GCC unroll 4
    for (std::size_t r = 0; r < kRows; r += 3) {
      third[r / 3] += 4;
      asm("" : "+r"(third[r / 3]));  // GCC would make it twelve pointers again.
    }
  }
#pragma GCC unroll 2
  for (std::size_t v = 0; v < 2; ++v) {
    const std::size_t c = column + v * lanes;
    const FloatVec scale = hn::LoadU(d, weights.scale + c);
    const FloatVec offset = hn::LoadU(d, weights.offset + c);
    const FloatVec bias = hn::LoadU(d, weights.bias + c);
#pragma GCC unroll 12
    for (std::size_t r = 0; r < kRows; ++r) {
      const FloatVec base = hn::MulAdd(hn::Set(d, rows.minimum[row + r]), offset, bias);
      const FloatVec sum = hn::Mul(hn::ConvertTo(d, sums[r][v]), hn::Set(d, rows.scale[row + r]));
      FloatVec y = hn::MulAdd(sum, scale, base);
      if (task.activation == Activation::kGelu) y = gelu(y);
      hn::StoreU(y, d, task.out + (row + r) * task.out_stride + c);
    }
  }
}

template <std::size_t kRows>
void int8_rows(const Int8Panels& weights, const Int8Rows& rows, std::size_t count, std::size_t row,
               std::size_t column, const ProductTask& task) {
  if constexpr (kRows > 1) {
    if (count < kRows) return int8_rows<kRows - 1>(weights, rows, count, row, column, task);
  }
  int8_tile<kRows>(weights, rows, row, column, task);
}

void int8_product(const Int8Panels& weights, const Int8Rows& rows, const ProductTask& task) {
  const std::size_t step = 2 * hn::Lanes(FloatTag());
  const std::size_t blocks = (task.rows + kTileRows - 1) / kTileRows;
  for (std::size_t column = task.panel_begin * kPanelColumns;
       column < task.panel_end * kPanelColumns; column += step) {
    for (std::size_t block = 0; block < blocks; ++block) {
      const std::size_t row = task.rows * block / blocks;
      const std::size_t end = task.rows * (block + 1) / blocks;
      int8_rows<kTileRows>(weights, rows, end - row, row, column, task);
    }
  }
}

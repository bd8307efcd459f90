/**
 * The operators that a model may be made of: those of trained picture classifiers, as exporters write them. Each reads
 * nothing but its inputs, draws no random numbers, and makes nothing as large as a number in the file says. That leaves
 * out If, Loop, Scan and sequences; RandomNormal and its like; ConstantOfShape, Expand, Tile, Range, OneHot, Pad and
 * Resize, with which a few bytes ask for gigabytes; and every domain but ONNX's own. What one backend of these does not run
 * (docs/model-package.md) fails there in its self-test, and another answers.
 */
export const OPERATORS: ReadonlySet<string> = new Set(
  (
    'Abs Add AveragePool BatchNormalization Cast Ceil Clip Concat Constant Conv ConvInteger DequantizeLinear Div ' +
    'Dropout DynamicQuantizeLinear Elu Erf Exp Flatten Floor Gather Gelu Gemm GlobalAveragePool GlobalMaxPool ' +
    'HardSigmoid HardSwish Identity InstanceNormalization LRN LayerNormalization LeakyRelu Log LogSoftmax MatMul ' +
    'MatMulInteger Max MaxPool Mean Min Mish Mul Neg PRelu Pow QLinearConv QLinearMatMul QuantizeLinear Reciprocal ' +
    'ReduceL2 ReduceMax ReduceMean ReduceMin ReduceSum Relu Reshape Selu Shape Sigmoid Slice Softmax Softplus ' +
    'Softsign Split Sqrt Squeeze Sub Sum Tanh Transpose Unsqueeze'
  ).split(' '),
);

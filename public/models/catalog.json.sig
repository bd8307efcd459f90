{
 "schemaVersion": 1,
 "statement": "{\"schemaVersion\":1,\"says\":\"ktav-catalog\",\"revision\":1,\"expires\":\"2027-11-21T10:15:31.761Z\",\"catalogSha256\":\"dff62a91d9a2c697339513826a28c60f123ba1463615b14ebdae41aeb417ac3c\",\"catalogBytes\":636}",
 "signatures": [
  {
   "key": "5b5badace161af12a95226471600798c0da4f00bed176060b1c837da4ffcbc71",
   "signature": "9ef391fb081f9cec2792a4728b295ab5530e416a1581cdee1eb727c0e3354874a60842fc63a9bbcc1ab317095efc213b816e80e3b690147c50b8f6badf804900"
  }
 ]
}

{
 "schemaVersion": 1,
 "statement": "{\"schemaVersion\":1,\"says\":\"ktav-catalog\",\"revision\":2,\"expires\":\"2027-11-21T10:41:49.160Z\",\"catalogSha256\":\"0456144a385247369a31aee4e54d9f3dfd18aea5d48ebd1bdc98cd4f4f6a567d\",\"catalogBytes\":636}",
 "signatures": [
  {
   "key": "5b5badace161af12a95226471600798c0da4f00bed176060b1c837da4ffcbc71",
   "signature": "fb1180a0344b4a03d3a664810e5eddc01f6886844285543895291b1b23135c11b0b17ad5ca5ad40ce689d316e688f897b0f0b6f1064cd8420df2d44f1d14c203"
  }
 ]
}

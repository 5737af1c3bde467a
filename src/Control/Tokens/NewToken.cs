namespace Eventicat.Control.Tokens;

/// <summary>A token that has just been made. <paramref name="Secret"/> exists here only: it is shown once and then gone.</summary>
public sealed record NewToken(TokenRecord Record, OperatorToken Secret);
